//! Identifiers out of what they stand for.

/// Bytes of parts that are hashed at once; longer ones part by part.
const AT_ONCE: usize = 512;

/// Returns 32 hex digits that stand for `parts` in this order.
pub fn digest(parts: &[&str]) -> String {
    // The length keeps "ab" + "c" apart from "a" + "bc".
    let length = |part: &str| (part.len() as u64).to_le_bytes();
    let hash = if parts.iter().map(|part| part.len() + 8).sum::<usize>() <= AT_ONCE {
        let (mut bytes, mut end) = ([0; AT_ONCE], 0);
        for part in parts {
            for piece in [&length(part), part.as_bytes()] {
                if let Some(place) = bytes.get_mut(end..end + piece.len()) {
                    place.copy_from_slice(piece);
                }
                end += piece.len();
            }
        }
        blake3::hash(bytes.get(..end).unwrap_or_default())
    } else {
        let mut hasher = blake3::Hasher::new();
        for part in parts {
            hasher.update(&length(part));
            hasher.update(part.as_bytes());
        }
        hasher.finalize()
    };
    hash.to_hex().as_str().get(..32).unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_and_long_parts_are_hashed_alike() {
        let text = "x".repeat(AT_ONCE);
        for length in [0, 1, AT_ONCE - 9, AT_ONCE - 8, AT_ONCE - 7, AT_ONCE] {
            let part = text.get(..length).unwrap();
            let mut hasher = blake3::Hasher::new();
            hasher.update(&(length as u64).to_le_bytes()).update(part.as_bytes());
            assert_eq!(digest(&[part]), hasher.finalize().to_hex().as_str()[..32]);
        }
        assert_ne!(digest(&["ab", "c"]), digest(&["a", "bc"]));
    }
}
