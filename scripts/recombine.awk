# Writes articles as JSON Lines, made of the paragraphs of the text files that stdin names.
# usage: find corpus -name '*.txt' | sort | LC_ALL=C awk -v megabytes=100 -f scripts/recombine.awk
# Each is a headline and paragraphs from one folder (one language), 0.8 to 4.2 kB of them: news has
# some 2.5 kB. The seed is fixed: the same awk writes the same bytes.
function escaped(text) {
    gsub(/\\/, "\\\\", text); gsub(/"/, "\\\"", text); gsub(/[\001-\037]/, " ", text)
    return text
}
{
    file = $0; folder = file; sub(/\/[^\/]*$/, "", folder)
    home[++articles] = folder; headline[articles] = ""
    while ((getline line < file) > 0) {
        if (line ~ /^[ \t\r]*$/) continue
        if (headline[articles] == "") { headline[articles] = escaped(line); continue }
        paragraph[folder, count[folder]++] = escaped(line)
    }
    close(file)
}
END {
    srand(20)
    while (articles && bytes < megabytes * 1000000) {
        pick = 1 + int(rand() * articles); folder = home[pick]; text = headline[pick]
        for (size = 800 + int(rand() * 3400); length(text) < size && count[folder];)
            text = text "\\n\\n" paragraph[folder, int(rand() * count[folder])]
        line = "{\"id\":\"" ++number "\",\"text\":\"" text "\"}"
        print line; bytes += length(line) + 1
    }
}
