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

// pluralRule gives CLDR's cardinal rule for whole numbers of a language (CLDR 45, supplemental/plurals.xml).
func pluralRule(tag string) func(int64) string {
	switch tag {
	case "ar", Pseudo:
		return arabicPlural
	case "ru", "uk":
		return russianPlural
	case "fr":
		return func(n int64) string { return oneIf(n == 0 || n == 1) }
	case "zh", "ja", "ko":
		return func(int64) string { return "other" }
	case "fa":
		return func(n int64) string { return oneIf(n == 0 || n == 1) }
	case "he":
		return hebrewPlural
	}
	return func(n int64) string { return oneIf(n == 1) }
}

// Categories gives the plural categories that a language uses for whole numbers below a million.
func Categories(tag string) []string {
	seen := map[string]bool{}
	rule := pluralRule(tag)
	for n := int64(0); n < 200; n++ {
		seen[rule(n)] = true
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

func hebrewPlural(n int64) string {
	if n == 2 {
		return "two"
	}
	return oneIf(n == 1)
}

func arabicPlural(n int64) string {
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

func russianPlural(n int64) string {
	switch ten, hundred := n%10, n%100; {
	case ten == 1 && hundred != 11:
		return "one"
	case ten >= 2 && ten <= 4 && (hundred < 12 || hundred > 14):
		return "few"
	}
	return "many"
}
