package pack

// Story is what stage story knows of a language.
type Story struct {
	// Common are words that tell nothing of what a text is about, in normal form: articles, prepositions, and the words of the
	// trade (said, according, today). In a script without spaces they are pairs of characters.
	Common []string
	// Flash are words, or two, with which a headline calls itself urgent, in normal form.
	Flash []string
	// Correction are words with which a headline or a paragraph begins that takes something back, in normal form.
	Correction []string
	// Nth are ordinals from 11 on in words, of up to three tokens with a space between (none between ideographs): twelfth = 12.
	Nth map[string]int
	// Scale are words that multiply the figure before them, by the power of ten: million = 6.
	Scale map[string]int
	// Concepts are words that mean the same thing of the news in every language, by the thing's name in English: "|" between words, a
	// star for any ending. In a script without spaces they are runs of characters.
	Concepts map[string]string
}
