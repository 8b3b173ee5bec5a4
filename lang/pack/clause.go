package pack

// Clause is what is known of how a reporting clause is built in a language: the small words around a verb of saying, and on
// which side of it its subject stands. Words are whole tokens; an entry with spaces is a sequence of tokens.
type Clause struct {
	// OfficeEnds are adjectives that end an office before what it is of, written with a preposition: الأمين العام للأمم المتحدة.
	OfficeEnds []string
	// Quantities are what stands before a number at the head of a clause: at least, more than.
	Quantities []string
	// Wholes are words of a script without spaces whose characters are no small words in them: 当事人.
	Wholes []string
	// Subject is the side of the verb where the subject is looked for first: "before" or "after".
	Subject string
	// Cased is set where names change with their case, so that a name in another form than its usual one is no subject.
	Cased bool
	// CommaClause is set where what is said follows the verb behind a mere comma: "sagte, er werde", 表示，.
	CommaClause bool
	// Final is set where the verb stands at the end, and its subject before the quoted words.
	Final bool
	// CapitalNouns is set where every noun begins with a capital letter, so that one alone is no sign of a name.
	CapitalNouns bool
	// ObjectFirst is set where what is claimed stands before the verb: suçlamaları reddetti.
	ObjectFirst bool
	// Unspaced is set where a word is several tokens, one a character.
	Unspaced bool
	// ProDrop is set where a verb without a subject of its own goes on with the one before.
	ProDrop bool
	// Articles are written together with a noun that is definite, Adjectives are endings by which a definite adjective is told
	// from the next noun: two nouns side by side are a subject and an object.
	Accusative []string // endings, as written, of words that are an object or an adverb
	Datives    []string // prepositions written together with an article: the word is no subject
	Articles   []string
	Adjectives []string
	// Clitics are written together with the verb that follows them and mean "and", "so" or the future: و ف س.
	Clitics []string
	// Joins are those of them that mean "and", and are written together with nouns too.
	Joins []string
	// Presents begin a sentence whose first word is "and" and a verb in the present, written together: وت, وي.
	Presents []string
	// FemininePrefix begins the forms of a verb that are feminine, where its lemma does not begin so: تقول of قال.
	FemininePrefix []string
	// Feminine and Plural are endings of verb forms that tell the subject's gender or number.
	Feminine []string
	// Oblique are endings of a first word that show a phrase not to be a subject; PluralNouns those of a lone noun that can be the
	// subject of a plural verb, SingularWords those of a first word that cannot.
	Oblique       []string
	PluralNouns   []string
	SingularWords []string
	Plural        []string

	// Locative are prepositions that make a subject of a place when the verb is in the plural: "В Кремле заявили".
	Locative []string

	// AdverbEndings tell adverbs by their ending: ly.
	AdverbEndings []string

	Complementizers []string // that, что, أن
	Pronouns        []string // he, она: persons
	First           []string // I, we: outside quotation marks they are whoever wrote the article
	SingularForms   []string // endings of verb forms in the singular that are nouns in the plural too: claims
	Neuter          []string // it: an organization
	Latter          []string // celui-ci: the one named last, who need not be the one who spoke
	Auxiliaries     []string // has, had: may stand between subject and verb
	Passive         []string // was, been: make a passive of the verb after them
	By              []string // the word before the agent of a passive
	Participles     []string // endings of a participle that is a passive where no auxiliary stands before it
	Adverbs         []string // also, later: may stand on either side of the verb
	Resumptive      []string // in which, of whom: the verb belongs to a relative clause whose subject is named before
	Negators        []string // not, never, declined to
	Irrealis        []string // to, would, if: what follows was not said
	Prepositions    []string
	Links           []string // prepositions that belong to the noun before them: of, for
	Attach          []string // prepositions that may belong to a noun before them that is no name: an official in the ministry
	Conjunctions    []string // and, or
	Subordinators   []string // but, while, because: a new clause
	Relatives       []string // who, which
	Determiners     []string // the, a, this, his
	Times           []string // Monday, yesterday
	Titles          []string // president, spokeswoman: a bare one may stand for a person named before
	Governors       []string // verbs whose object the next word is, 作出: a word that can be a noun is one behind them; no subject holds one
	Idioms          []string // words that begin with a verb of saying and report nothing: requested anonymity, يذكر أن
	Topics          []string // particles that close a subject, は, or, with "-" before them, endings that do: -는
	Embeds          []string // endings of the last word of a clause that stands before the verb that reports it: olduğunu
	AlsoNames       []string // prepositions that are names too, as written: علي behind a title or before "that"
	FeminineNouns   []string // endings, as written, of nouns that are no subject of a verb in the masculine before them
	Unlike          []string // as written: words that have none of the roles of their normal form, آن beside أن
	Ends            []string // words that end a dateline written without a mark: 日电
	Neither         []string // two words that reject the verb behind each of them, "neither nor", "ne ne"
	Former          []string // words beside a title that make another's of it: former, deputy
	Opening         []string // prepositions that open a clause too: after, before
	Asides          []string // words behind a comma that begin the writer's own remark: مما, الأمر الذي
	Perhaps         []string // words that make a guess of a verb in the present only: قد
	PresentForms    []string // how a verb in the present begins where its lemma does not: ي
	FutureForms     []string // what makes a future, written together with the verb: س
	ObjectEndings   []string // endings of verb forms behind which a word that can be a noun is one, and which begin no subject: ing
	Nominal         []string // words before or behind which a word that can be a noun is one: 的, 书
	Kin             []string // lawyer, wife: a name right after them is not who speaks
	Occasions       []string // interview, statement
	Addressees      []string // reporters
}
