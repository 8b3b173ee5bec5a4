package corpus

import (
	"fmt"
	"strings"
	"time"
)

// calendarWords is how a language says days and months. It is the generator's own knowledge, kept apart from lang/pack on purpose:
// truth that came from the tables under test would agree with them in everything, mistakes included.
type calendarWords struct {
	days   [7]string // Sunday first; for Russian in the accusative
	months [12]string
}

var wordsOf = map[string]*calendarWords{
	"en": {
		[7]string{"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"},
		[12]string{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"},
	},
	"fr": {
		[7]string{"dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"},
		[12]string{"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"},
	},
	"es": {
		[7]string{"domingo", "lunes", "martes", "miércoles", "jueves", "viernes", "sábado"},
		[12]string{"enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"},
	},
	"ru": {
		[7]string{"воскресенье", "понедельник", "вторник", "среду", "четверг", "пятницу", "субботу"},
		[12]string{"января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря"},
	},
	"zh": {
		[7]string{"日", "一", "二", "三", "四", "五", "六"},
		[12]string{"1月", "2月", "3月", "4月", "5月", "6月", "7月", "8月", "9月", "10月", "11月", "12月"},
	},
	"ar": {
		[7]string{"الأحد", "الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت"},
		[12]string{"يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"},
	},
}

var (
	levantMonths = [12]string{"كانون الثاني", "شباط", "آذار", "نيسان", "أيار", "حزيران", "تموز", "آب", "أيلول", "تشرين الأول", "تشرين الثاني", "كانون الأول"}
	hijriMonths  = [12]string{"محرم", "صفر", "ربيع الأول", "ربيع الآخر", "جمادى الأولى", "جمادى الآخرة", "رجب", "شعبان", "رمضان", "شوال", "ذو القعدة", "ذو الحجة"}
	russianIn    = [12]string{"январе", "феврале", "марте", "апреле", "мае", "июне", "июле", "августе", "сентябре", "октябре", "ноябре", "декабре"}
	russianWhich = map[string][7]string{ // gender of the weekday, accusative
		"lwd": {"прошлое", "прошлый", "прошлый", "прошлую", "прошлый", "прошлую", "прошлую"},
		"nwd": {"следующее", "следующий", "следующий", "следующую", "следующий", "следующую", "следующую"},
	}
)

// monthName gives a month in the outlet's habit or in the style that the slot asks for.
func (w *calendarWords) monthName(a *almanac, m time.Month, style string) string {
	if a.lang != "ar" {
		return w.months[m-1]
	}
	if style == "" {
		style = a.out.Months
	}
	gulf, levant := w.months[m-1], levantMonths[m-1]
	switch style {
	case "pair":
		return gulf + "/" + levant
	case "levpair":
		return levant + "/" + gulf
	case "lev":
		return levant
	}
	return gulf
}

func (w *calendarWords) day(a *almanac, day time.Time, style string) string {
	d, month := day.Day(), w.monthName(a, day.Month(), style)
	switch a.lang {
	case "en":
		if a.out.US {
			return fmt.Sprintf("%s %d", month, d)
		}
	case "fr":
		if d == 1 {
			return "1er " + month
		}
	case "es":
		return fmt.Sprintf("%d de %s", d, month)
	case "zh":
		return fmt.Sprintf("%s%d日", month, d)
	}
	return fmt.Sprintf("%d %s", d, month)
}

// year adds the year to a rendered day.
func (w *calendarWords) year(words string, day time.Time) string {
	y := day.Year()
	switch w {
	case wordsOf["zh"]:
		return fmt.Sprintf("%d年%s", y, words)
	case wordsOf["es"]:
		return fmt.Sprintf("%s de %d", words, y)
	case wordsOf["ru"]:
		return fmt.Sprintf("%s %d года", words, y)
	}
	if last := words[len(words)-1]; words[0] <= 'Z' && last <= '9' && words[0] > '9' {
		return fmt.Sprintf("%s, %d", words, y) // June 18, 2024
	}
	return fmt.Sprintf("%s %d", words, y)
}

func (w *calendarWords) and(a *almanac, from, to time.Time, style string) string {
	if from.Month() != to.Month() {
		joint := map[string]string{"en": " and ", "fr": " et ", "es": " y ", "ru": " и ", "zh": "和", "ar": " و"}[a.lang]
		return w.day(a, from, style) + joint + w.day(a, to, style)
	}
	month := w.monthName(a, from.Month(), style)
	f, t := from.Day(), to.Day()
	switch a.lang {
	case "en":
		if a.out.US {
			return fmt.Sprintf("%s %d and %d", month, f, t)
		}
		return fmt.Sprintf("%d and %d %s", f, t, month)
	case "fr":
		return strings.Replace(fmt.Sprintf("%d et %d %s", f, t, month), "1 et", "1er et", boolInt(f == 1))
	case "es":
		return fmt.Sprintf("%d y %d de %s", f, t, month)
	case "ru":
		return fmt.Sprintf("%d и %d %s", f, t, month)
	case "zh":
		return fmt.Sprintf("%s%d日和%d日", month, f, t)
	}
	return fmt.Sprintf("%d و%d %s", f, t, month)
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

// weekday gives a weekday's words for the forms wd (bare), lwd (the last), nwd (the next) and full (as the head of a whole date).
func (w *calendarWords) weekday(form string, d int, sameWeek bool) (before, words string) {
	name := w.days[d]
	switch w {
	case wordsOf["en"]:
		if sameWeek {
			return "", name
		}
		return "", map[string]string{"lwd": "last "}[form] + map[string]string{"nwd": "next "}[form] + name
	case wordsOf["fr"]:
		if sameWeek {
			return "", name
		}
		return "", name + map[string]string{"lwd": " dernier", "nwd": " prochain"}[form]
	case wordsOf["es"]:
		switch form {
		case "lwd":
			return "el ", name + " pasado"
		case "nwd":
			return "el ", "próximo " + name
		}
		return "el ", name
	case wordsOf["ar"]:
		return "", name + map[string]string{"lwd": " الماضي", "nwd": " المقبل"}[form]
	case wordsOf["ru"]:
		before = "в "
		if form != "full" && (form == "wd" || sameWeek) {
			if d == 2 {
				before = "во "
			}
			return before, name
		}
		if form == "full" {
			return map[bool]string{true: "во ", false: "в "}[d == 2], name
		}
		return before, russianWhich[form][d] + " " + name
	}
	return "", chineseWeekday(form, name, sameWeek)
}

func chineseWeekday(form, name string, sameWeek bool) string {
	switch {
	case form == "full":
		return "星期" + name
	case form == "wd":
		return "周" + name
	case sameWeek:
		return "本周" + name
	case form == "lwd":
		return "上周" + name
	}
	return "下周" + name
}

// full joins a weekday with its date.
func (w *calendarWords) full(a *almanac, weekday string, day time.Time) string {
	date := w.day(a, day, "")
	switch a.lang {
	case "zh":
		return date + "（" + weekday + "）"
	case "es", "ru":
		return weekday + ", " + date
	case "en":
		if a.out.US {
			return weekday + ", " + date
		}
	}
	return weekday + " " + date
}

// month renders a month: mon bare, lmon as the last one of that name, mony with its year.
func (w *calendarWords) month(a *almanac, form string, first time.Time, style string) (before, words string) {
	name := w.monthName(a, first.Month(), style)
	if form == "mony" {
		if a.lang == "ru" {
			return "в ", fmt.Sprintf("%s %d года", russianIn[first.Month()-1], first.Year())
		}
		return "", w.year(name, first)
	}
	lastYear := first.Year() < a.pub.Year()
	switch a.lang {
	case "ru":
		name = russianIn[first.Month()-1]
		if form == "lmon" && lastYear {
			name += " прошлого года"
		}
		return "в ", name
	case "zh":
		if form == "lmon" {
			name = map[bool]string{true: "去年", false: "今年"}[lastYear] + name
		}
		return "", name
	}
	if form == "lmon" {
		switch a.lang {
		case "en":
			name = "last " + name
		case "fr":
			name += " dernier"
		case "es":
			name += " pasado"
		case "ar":
			name += " الماضي"
		}
	}
	return "", name
}
