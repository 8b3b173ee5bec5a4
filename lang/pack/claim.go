package pack

// Claim is what stage claim knows of a language: verbs by stance ("lemma: form, form, …"), and what surrounds them.
type Claim struct {
	Accuses   []string
	Condemns  []string
	Confirms  []string
	Denies    []string
	Warns     []string
	Threatens []string
	Demands   []string
	Promises  []string

	// Deeds are nouns of what these verbs do, "stance: noun, noun", as stand behind a refusal: رفض تأكيد النبأ, refused a denial.
	Deeds []string

	Transitive []string // lemmas that always take an object
	Rejects    []string // lemmas that deny only when what they reject is a claim

	Of         []string // words between the accused and what they are accused of: of, в
	ToPrefix   []string // what opens an infinitive or its like, written together with it: ل
	Natural    []string // words that begin like that prefix by nature: برنامج
	OfPrefix   []string // the same written together with the next word: ب
	Object     []string // prepositions before the object of a stance verb: with, against, for, من
	From       []string // prepositions before those of whom something is demanded: from, от
	To         []string // words that open an infinitive: to
	Infinitive []string // endings of infinitives where no word opens them: ть, ться
	Standing   []string // pronouns before the verb that stand for what is denied or confirmed: lo, это
	Hedges     []string // reportedly, якобы, المزعوم
	Charges    []string // accusations, allegations: a denial of them answers an accusation
	Reports    []string // reports, rumours, involvement: other nouns for what is denied
}
