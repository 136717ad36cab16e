//! Short texts of which only is known what types of action they tell, or that they tell none: a line each,
//! `fine|Ofgem fined a bakery in Leeds £300.` or `fine,ban|…`, in a file for each language (`en.txt`).
//!
//! Dispatches and briefs have no second sentence that makes an action sure. What is an action, and whether to believe
//! it, is learnt from such texts too; who, whom and when is learnt from annotated articles alone.

use std::{fs, path::Path};

use finewire::base::action::ActionType;

use super::gold::{GoldAction, GoldArticle, GoldError};

/// Stands for the end of a line within a text.
const NEW_LINE: &str = " // ";

/// Word for a text that tells no action.
const NONE: &str = "none";

/// Reads the texts of a folder, language by language.
pub(crate) fn read(folder: &Path) -> Result<Vec<GoldArticle>, GoldError> {
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |source| GoldError::File { path, source }
    };
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed(folder))? {
        let path = entry.map_err(failed(folder))?.path();
        if path.extension().is_some_and(|extension| extension == "txt") {
            files.push(path);
        }
    }
    files.sort();
    let mut texts = Vec::new();
    for path in files {
        let lang = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let lines = fs::read_to_string(&path).map_err(failed(&path))?;
        for (number, line) in (1..).zip(lines.lines()) {
            let text = text(&lang, number, line);
            texts.push(text.ok_or_else(|| GoldError::Line { path: path.clone(), number })?);
        }
    }
    Ok(texts)
}

/// Reads one line, or returns `None` if it has no type.
fn text(lang: &str, number: usize, line: &str) -> Option<GoldArticle> {
    let (words, text) = line.split_once('|')?;
    let text = text.trim().replace(NEW_LINE, "\n");
    let action = |word: &str| GoldAction {
        r#type: word.to_owned(),
        status: "imposed".to_owned(),
        evidence: text.clone(),
        ..GoldAction::default()
    };
    let words = words.split(',').map(str::trim).filter(|word| *word != NONE);
    let is_type = |word: &str| ActionType::ALL.iter().any(|kind| kind.word() == word);
    words.clone().all(is_type).then(|| GoldArticle {
        id: format!("{lang}-told-{number}"),
        lang: lang.to_owned(),
        actions: words.map(action).collect(),
        text: text.clone(),
        types_only: true,
        ..GoldArticle::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_tells_types_or_none() {
        let fine = text("en", 1, "fine|Bakery fined // Ofgem fined a bakery £300.").unwrap();
        assert_eq!(fine.actions[0].r#type, "fine");
        assert_eq!(fine.text, "Bakery fined\nOfgem fined a bakery £300.");
        let both = text("en", 4, "fine, ban|Bakery fined and closed.").unwrap();
        assert_eq!(both.actions[1].r#type, "ban");
        assert!(text("en", 2, "none|Ofgem moves to Leeds.").unwrap().actions.is_empty());
        assert!(text("en", 3, "fined|Ofgem fined a bakery.").is_none());
    }
}
