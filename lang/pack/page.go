package pack

// Page is what stage page knows of a language: the phrases that stand on pages around the news. Phrases are compared in normal
// form, word by word, so case and vowel points do not matter. What is the same in every language (URLs, [ad_1], ©) is no
// language's knowledge and stands in package page.
type Page struct {
	// Months are the names of the twelve months, each in all forms that dates use: cases, short forms, regional names.
	Months [][]string
	// Ago are the words of a time told by its distance: for minutes, for hours, for days, and the words that say that it is past: ago, منذ.
	Ago [][]string
	// By are the words before an author: by, von, par, بقلم.
	By []string
	// And are the words that join authors: and, y, und, و.
	And []string
	// Jobs are what stands beside an author and is not the name: correspondent, editor, political reporter, staff.
	Jobs []string
	// Staff are bylines that name nobody: Newsroom, Online Desk, Редакция.
	Staff []string
	// Outlets are words that begin or end the name of an outlet, a firm or an office, and never a person's: gazette, online, GmbH.
	Outlets []string
	// At are the words between an author and his place or paper: in, for, aus.
	At []string
	// Whole are names that begin with the letter which joins words in this language, and are whole: وليد.
	Whole []string
	// Eras are the names of counts of years beside the common one, each with the year before its first: 令和 = 2018.
	Eras map[string]int
	// Agencies are news agencies and picture agencies as this language writes them.
	Agencies []string
	// Credit are the words before a picture's author: photo, Фото, Bild.
	Credit []string
	// Caption are the words before a picture's words: file photo, صورة أرشيفية.
	Caption []string
	// Source are the words of a source line: source, المصدر, Источник.
	Source []string
	// Related are the words that open a pointer to another article: read also, اقرأ أيضا.
	Related []string
	// Pitch are phrases that sell letters, alerts, subscriptions, apps.
	Pitch []string
	// Share are phrases of share bars and follow lines.
	Share []string
	// Ad are the words that stand beside an advertisement.
	Ad []string
	// Consent are phrases of cookie and privacy notices.
	Consent []string
	// Paywall are phrases of registration walls.
	Paywall []string
	// Comment are phrases around readers' comments.
	Comment []string
	// Boilerplate are other phrases that belong to the site: rights reserved, terms, print this page.
	Boilerplate []string
	// Tail are phrases of the closing lines about the makers of a text: contributed to this report, editing by.
	Tail []string
	// Badges are words that stand alone on a line beside a text and are none of it: LIVE, EXCLUSIVE, Play video.
	Badges []string
	// Tags are labels before a list of topics: Tags, Filed under, الوسوم.
	Tags []string
	// Bios are words that open a note about the author.
	Bios []string
	// Origins are words that open a note on where a text was published first; Translators those that open one on who translated it.
	Origins, Translators []string
	// Published and Updated are the words before a time of publication or change.
	Published, Updated []string
}
