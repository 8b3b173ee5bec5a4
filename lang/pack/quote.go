package pack

// Quote is what stage quote knows of a language. A verb entry is "lemma: form, form, …"; the lemma itself is a form only when
// it is listed. A form "warf … vor" is a verb only where the word behind the dots closes its clause. A form with "~" before it is a noun too, and counts only where what it reports shows that it is the verb;
// one with "!" holds its own not; one with "-" counts only where it is negated.
type Quote struct {
	Verbs    []string // verbs of saying and thinking that take speech or a clause
	Converbs []string // adding, добавив, مضيفا: the subject is that of the verb before
	Acts     []string // praise, call, describe: quoted words after them are the subject's, but no clause follows
	As       []string // as, как: open "as the minister said, …"
	Source   []string // according to, по словам, بحسب: the words before a source; with "~" only before a name, with "?" only before who can tell
	// Translated are words by which a page says that it is a translation: "translated by", "ترجمة عن".
	Translated []string
	Tellers    []string // nouns of who or what can tell: officials, data
	Theirs     []string // in his words, по его словам: the source is whoever spoke before
	Relays     []string // lemmas whose subject passes on what another says: quote, نقل
	Relayed    []string // the word before that other: عن
	Saying     []string // the word behind them: as saying, قوله
	Bare       []string // lemmas that take a clause without a complementizer, whatever it begins with
	Told       []string // lemmas that may have somebody between them and the clause: told the court that
	Heads      []string // nouns after which words in quotation marks are a name: newspaper, film, operation
	// Postposed is set where a reporting clause may follow what it reports without quotation marks: "…, officials said."
	Postposed bool
}
