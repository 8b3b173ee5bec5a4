package pack

// Timex is what stage timex knows of a language: its words of time, and the patterns in which they stand.
//
// Wherever words are listed, "|" separates alternatives, a space the words of a phrase, and braces hold endings: "январ{ь|я|е}".
type Timex struct {
	// Order is how all-digit dates are written: "dmy", "mdy" or "ymd".
	Order string
	// Years is "jalali" where bare numbers between 1200 and 1500 are years of that calendar.
	Years string
	// Write is "syllables" where particles are written together with the word before them and each character is a piece of
	// its own (Korean), "" elsewhere.
	Write string
	// Article is written together with the word it belongs to: ال.
	Article string
	// Proclitics are written together with the next word: و, ب.
	Proclitics []string
	// Suffixes are case endings that can be taken off a word to find it: da, den.
	Suffixes []string
	// Ablative endings are kept, as a word of their own, "_den": they say from when.
	Ablative []string
	// Locative endings of digits are kept as "_de", their other endings as "_i": 15'inde.
	Locative []string
	// Compound says that number words run together: einundzwanzig, duemiladiciotto.
	Compound bool
	// Numerals is "cjk" where number words are digits and multipliers: 二十三, 二零零四.
	Numerals string
	// OrdinalMarks follow digits and make an ordinal: st, nd, er, º.
	OrdinalMarks string
	// OrdinalDot says that a full stop after digits makes an ordinal: 3. Oktober.
	OrdinalDot bool
	// Postposed says that "last" and "next" may follow their noun.
	Postposed bool
	// Capital says that names of months and weekdays begin with a capital letter: matters for the words in Weak only.
	Capital bool

	Numbers    map[string]string // "21" = "twenty one"
	Ordinals   map[string]string // "-1" = "last"
	Weekdays   []string          // Monday first
	Months     []string          // of the Gregorian year, January first
	Hijri      []string          // Muharram first
	Jalali     []string          // Farvardin first
	Hebrew     []string          // Tishri first, then Heshvan … Adar I, Adar II, Nisan … Elul: 13
	Seasons    []string          // spring first
	Units      map[string]string // second minute hour day week month quarter half year decade century weekend fortnight workday
	Rel        map[string]string // "-1" = "last", "0" = "this", "1" = "next", "coming" = the first after the anchor
	Part       map[string]string // early mid late start middle end rest before after
	Days       map[string]string // "-1" = "yesterday"
	Daytime    map[string]string // morning noon afternoon evening night
	Durs       map[string]string // "2 day" = "يومين"
	Classes    map[string]string // words that rules name with @: of, to, and, from, between
	Rules      []string          // "operation argument: pattern", see package timex
	Weak       string            // words that mean a time only beside others: may, sun, second
	Bound      string            // words that mean a time only within a longer pattern: أحد
	Noun       string            // words before which a bare number or ordinal is no day
	YearCue    string            // words after which a bare number of four digits is a year
	Future     string            // words that say that what the sentence tells is still to come
	Prefix     []string          // of verbs in the future: سي
	Past       string            // words of what is over
	Since      string            // words before a time that has begun: since
	Lasting    string            // words that make a length of "since 24 years": the first, the largest, works, lives
	ClockWords string            // words beside a clock time written with a full stop: saat 09.30, 9.30 Uhr, 9.30am
	Said       string            // words that report, after which a weekday is past
	PastSuffix []string          // of verbs in the past: ed
}
