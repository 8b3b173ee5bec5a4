package pack

// Entity is what stage entity knows of a language. All words are written as a text has them; they are compared in normal form.
type Entity struct {
	// Endings rewrite the ending of an inflected name to that of its usual form, "inflected>usual": "ом>" makes Путин of
	// Путином, "ы>а" Москва of Москвы. Several rules may fit one word: all results are looked up.
	Endings []string
	// Contracted are the front parts that swallow the article of the name after them, "written>full": "لل>ال".
	Contracted []string
	// Articles stand before names and belong to the name or not, as the writer likes: the, el, la.
	Articles []string
	// Particles tie the words of one person's name: van, de, bin, ben, بن. They are part of a family name.
	Particles []string
	// Titles are the words for what people are, by the key of an office: president = ["president", "head of state"].
	Titles map[string][]string
	// Courtesy are titles that name no office: Mr, Frau, السيد, г-н.
	Courtesy []string
	// Demonyms are adjectives of countries by ISO code, all forms, or their beginning and a star: RU = ["Russian"], RU = ["российск*"].
	Demonyms map[string][]string
	// Heads begin or end the name of an organization: "ministry", "وزارة", "bank".
	Heads []string
	// Namers are heads that what stands behind them, with an article, is called after: حزب, صحيفة; with "+" only if two words do.
	Namers []string
	// Bodies are short names of a country's ministries and services, without the country: Минздрав, МЧС.
	Bodies []string
	// Places are words for places that tell a place from a person of the same name: city, province, مدينة.
	Places []string
	// Locatives are prepositions that stand before places: in, near, from, в, из, en, aus.
	Locatives []string
	// Other are words beside a title that say another than its bearer is meant: former, deputy, next, a.
	Other []string
	// Common are words of the language that are also names, and mean the name only where something else says so.
	Common []string
	// NounsCapital says that all nouns are written with a capital, so that capitals say little: German.
	NounsCapital bool
	// Ties are the words between the parts of an organization's or place's name: of, des, del.
	Ties []string
	// TieEndings end the words without a capital that may stand in such a name with no tie: портов.
	TieEndings []string
	// KindFirst says that the word for what a place is stands before its name: la province de …, село ….
	KindFirst bool
	// Surnames are family names of one character.
	Surnames []string
	// Sounds are the characters that foreign names are written with, in a script without spaces.
	Sounds string
	// Bounds are the characters that do not stand in an organization's name, in a script without spaces.
	Bounds string
	// Placed are common words that mean the place where one of these words stands before them: "سورية في|إلى|من".
	Placed []string
	// Vowelled are names that written vowels tell apart, each with the country of the place that is meant, or - where the word is no
	// name: "عمّان JO", "قُطر -".
	Vowelled []string
	// Tagger says that the embedded model of names in running text was learnt from this language.
	Tagger bool
}
