package i18n

// The plural categories of CLDR.
var categories = [...]string{"zero", "one", "two", "few", "many", "other"}

func isCategory(s string) bool {
	for _, c := range categories {
		if c == s {
			return true
		}
	}
	return false
}

// plural gives the category of a number as it is written: its whole part, and whether a fraction shows behind it.
type plural func(n int64, fraction bool) string

// pluralRule gives CLDR's cardinal rule of a language (CLDR 48, supplemental/plurals.json). A language that says 1,000,000 in a form
// of its own ("many" in French and Spanish) uses its common form where the catalog has no other: the figure is written out here, and
// "1 000 000 sources" is right where "un million de sources" would be.
func pluralRule(tag string) plural {
	switch tag {
	case "ar", Pseudo:
		return arabicPlural
	case "ru", "uk":
		return russianPlural
	case "fr":
		return func(n int64, fraction bool) string { return oneOrMillions(n <= 1, n, fraction) }
	case "es":
		return func(n int64, fraction bool) string { return oneOrMillions(n == 1 && !fraction, n, fraction) }
	case "zh", "ja", "ko":
		return func(int64, bool) string { return "other" }
	case "fa":
		return func(n int64, fraction bool) string { return oneIf(n == 0 || n == 1 && !fraction) }
	case "he":
		return hebrewPlural
	}
	return func(n int64, fraction bool) string { return oneIf(n == 1 && !fraction) }
}

// Categories gives the plural categories that a language uses for whole numbers below a million.
func Categories(tag string) []string {
	seen := map[string]bool{}
	rule := pluralRule(tag)
	for n := int64(0); n < 200; n++ {
		seen[rule(n, false)] = true
	}
	var used []string
	for _, c := range categories {
		if seen[c] || c == "other" {
			used = append(used, c)
		}
	}
	return used
}

func oneIf(one bool) string {
	if one {
		return "one"
	}
	return "other"
}

func oneOrMillions(one bool, n int64, fraction bool) string {
	if n != 0 && n%1e6 == 0 && !fraction {
		return "many"
	}
	return oneIf(one)
}

func hebrewPlural(n int64, fraction bool) string {
	if n == 2 && !fraction {
		return "two"
	}
	return oneIf(n == 1 && !fraction || n == 0 && fraction)
}

func arabicPlural(n int64, fraction bool) string {
	if fraction {
		return "other"
	}
	switch m := n % 100; {
	case n == 0:
		return "zero"
	case n == 1:
		return "one"
	case n == 2:
		return "two"
	case m >= 3 && m <= 10:
		return "few"
	case m >= 11:
		return "many"
	}
	return "other"
}

func russianPlural(n int64, fraction bool) string {
	switch ten, hundred := n%10, n%100; {
	case fraction:
		return "other"
	case ten == 1 && hundred != 11:
		return "one"
	case ten >= 2 && ten <= 4 && (hundred < 12 || hundred > 14):
		return "few"
	}
	return "many"
}
