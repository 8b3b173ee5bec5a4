package mail

import (
	"fmt"
	"html/template"
	"strings"
	"unicode"
)

// page is the HTML part: one column, no pictures, no outside address, readable in the dark. Mail programs drop style sheets, so what
// matters stands in style attributes; margins are the same on both sides, so that both directions look alike. Every block stands at the
// letter's own side, and a string of another direction is a run within it. Red is for what breaks alone.
var page = template.Must(template.New("mail").Funcs(template.FuncMap{"dir": dir}).Parse(`<!doctype html>
<html lang="{{.Lang}}" dir="{{.Dir}}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark"><title>{{.Subject}}</title></head>
<body dir="{{.Dir}}" style="margin:0;padding:20px 16px;font-family:system-ui,'Segoe UI',Tahoma,sans-serif;line-height:1.6">
<div style="max-width:36em;margin:0 auto">
{{with .Kicker}}<p style="margin:0 0 8px;font-size:.9em;font-weight:bold"><span style="{{if $.Urgent}}background:#b3261e;color:#fff;padding:2px 10px;border-radius:4px{{else}}opacity:.75{{end}}">{{.}}</span></p>{{end}}
<h1 style="margin:0 0 12px;font-size:1.45em;line-height:1.35">{{if and .Link (not .Action)}}<a dir="{{dir .Headline}}" href="{{.Link}}" style="color:inherit;text-decoration:none">{{.Headline}}</a>{{else}}<span dir="{{dir .Headline}}">{{.Headline}}</span>{{end}}</h1>
{{range .Summary}}<p style="margin:0 0 12px"><span dir="{{dir .}}">{{.}}</span></p>
{{end}}{{if .Items}}<ul style="margin:0 0 12px;padding:0;list-style:none">{{range .Items}}<li style="margin:0;padding:10px 0;border-top:1px solid rgba(128,128,128,.35)">{{if .Link}}<a dir="{{dir .Value}}" href="{{.Link}}" style="color:inherit;font-weight:bold">{{.Value}}</a>{{else}}<b dir="{{dir .Value}}">{{.Value}}</b>{{end}}{{with .More}}<br><span style="opacity:.75;font-size:.9em">{{.}}</span>{{end}}</li>
{{end}}</ul>
{{end}}{{if .Facts}}<table role="presentation" width="100%" style="border-collapse:collapse;margin:0 0 16px;font-size:.95em">{{range .Facts}}<tr><td style="padding:6px 0;opacity:.75;vertical-align:top;border-top:1px solid rgba(128,128,128,.35)">{{.Label}}</td><td style="padding:6px 12px;border-top:1px solid rgba(128,128,128,.35)">{{if .Link}}<a href="{{.Link}}" style="color:inherit"><bdi>{{.Value}}</bdi></a>{{else}}<bdi>{{.Value}}</bdi>{{end}}{{with .More}} · <bdi>{{.}}</bdi>{{end}}{{with .When}} · <bdi>{{.}}</bdi>{{end}}</td></tr>{{end}}</table>
{{end}}{{if .Link}}<p style="margin:16px 0 20px"><a href="{{.Link}}" style="display:inline-block;padding:10px 20px;background:#0b5394;color:#fff;border-radius:6px;text-decoration:none;font-weight:bold">{{or .Action .LinkText}}</a></p>
{{end}}<hr style="border:0;border-top:1px solid rgba(128,128,128,.35);margin:0">
{{with .Why}}<p style="margin:10px 0 6px;opacity:.75;font-size:.9em">{{.}}</p>
{{end}}{{.Own}}{{with .Notice}}<p style="margin:6px 0;opacity:.75;font-size:.9em">{{.}}</p>{{end}}{{with .Imprint}}<p style="margin:6px 0;opacity:.75;font-size:.9em"><span dir="{{dir .}}">{{.}}</span></p>{{end}}
</div></body></html>
`))

// own is what in the HTML part is one reader's own: lines by themselves, so that copies can be made of the rest.
var own = template.Must(template.New("own").Parse(`{{if or .StopLink .More}}<p style="margin:6px 0;font-size:.9em">{{if .StopLink}}<a href="{{.StopLink}}" style="color:inherit">{{.Stop}}</a>{{if .More}} · {{end}}{{end}}{{range $i, $m := .More}}{{if $i}} · {{end}}<a href="{{$m.URL}}" style="color:inherit">{{$m.Words}}</a>{{end}}</p>
{{end}}`))

// own gives what is one reader's own in the text and in the HTML part.
func (l Letter) own() (plain, rich string, err error) {
	var b strings.Builder
	if err := own.Execute(&b, l); err != nil {
		return "", "", fmt.Errorf("mail: HTML part: %w", err)
	}
	mark := l.mark()
	if l.StopLink != "" {
		plain += mark + l.Stop + "\r\n" + l.StopLink + "\r\n"
	}
	for _, m := range l.More {
		plain += mark + m.Words + "\r\n" + m.URL + "\r\n"
	}
	return plain, b.String(), nil
}

// dir gives the direction of the words around the news.
func (l Letter) dir() string {
	if primary, _, _ := strings.Cut(l.Lang, "-"); primary == "ar" || primary == "fa" || primary == "he" || primary == "ur" {
		return "rtl"
	}
	return "ltr"
}

// mark gives a line's first strong character where one is needed: a plain text part has no other way to say its direction.
func (l Letter) mark() string {
	if l.dir() == "rtl" {
		return "\u200f"
	}
	return ""
}

// bodies gives the text and the HTML part.
func (l Letter) bodies(ownPlain, ownRich string) (plain, rich string, err error) {
	var b strings.Builder
	if err := page.Execute(&b, struct {
		Letter
		Dir string
		Own template.HTML
	}{l, l.dir(), template.HTML(ownRich)}); err != nil {
		return "", "", fmt.Errorf("mail: HTML part: %w", err)
	}
	return l.plain(ownPlain), b.String(), nil
}

// colon parts a label from its value as a language does.
func colon(lang string) string {
	switch primary, _, _ := strings.Cut(lang, "-"); primary {
	case "fr":
		return "\u00a0: "
	case "zh":
		return "："
	}
	return ": "
}

func (l Letter) plain(own string) string {
	var b strings.Builder
	mark := l.mark()
	say := func(format string, args ...any) { fmt.Fprintf(&b, format, args...) }
	if l.Kicker != "" {
		say("%s%s\r\n", mark, l.Kicker)
	}
	say("%s\r\n\r\n", alone(l.Headline))
	for _, s := range l.Summary {
		say("%s\r\n\r\n", alone(s))
	}
	for _, i := range l.Items {
		say("%s\r\n", alone(i.Value))
		if i.More != "" {
			say("%s%s\r\n", mark, i.More)
		}
		if i.Link != "" {
			say("%s\r\n", i.Link)
		}
		say("\r\n")
	}
	shown := map[string]bool{l.Link: true}
	for _, f := range l.Facts {
		say("%s%s%s%s", mark, f.Label, colon(l.Lang), isolate(f.Value))
		for _, more := range []string{f.More, f.When} {
			if more != "" {
				say(" · %s", isolate(more))
			}
		}
		say("\r\n")
		if f.Link != "" && !shown[f.Link] {
			say("%s\r\n", f.Link)
			shown[f.Link] = true
		}
	}
	if len(l.Facts) > 0 {
		say("\r\n")
	}
	if l.Link != "" {
		words := l.LinkText
		if l.Action != "" {
			words = l.Action
		}
		say("%s%s\r\n%s\r\n\r\n", mark, words, l.Link)
	}
	say("-- \r\n")
	if l.Why != "" {
		say("%s%s\r\n", mark, l.Why)
	}
	b.WriteString(own)
	if l.Notice != "" {
		say("%s%s\r\n", mark, l.Notice)
	}
	if l.Imprint != "" {
		say("%s\r\n", alone(l.Imprint))
	}
	return b.String()
}

// alone gives a string that is a line of its own. Isolates would hide its direction: programs look for a line's first strong character
// outside of them. Where that character would mislead, a mark stands before it.
func alone(s string) string {
	switch rtl := dir(s) == "rtl"; {
	case rtl:
		return "\u200f" + s
	case strings.ContainsFunc(s, func(r rune) bool {
		return unicode.In(r, unicode.Arabic, unicode.Hebrew, unicode.Syriac, unicode.Thaana)
	}):
		return "\u200e" + s
	}
	return s
}
