package mail

import (
	"fmt"
	"html/template"
	"strings"
)

// page is the HTML part: one column, no pictures, no outside address, readable in the dark. Mail programs drop style sheets, so what
// matters stands in style attributes; margins are the same on both sides, so that both directions look alike.
var page = template.Must(template.New("mail").Funcs(template.FuncMap{"dir": dir}).Parse(`<!doctype html>
<html lang="{{.Lang}}" dir="{{.Dir}}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark"><title>{{.Subject}}</title></head>
<body dir="{{.Dir}}" style="margin:0;padding:16px;font-family:system-ui,'Segoe UI',Tahoma,sans-serif;line-height:1.6">
<div style="max-width:36em;margin:0 auto">
{{with .Kicker}}<p style="margin:0 0 4px;font-weight:bold">{{.}}</p>{{end}}
<h1 dir="{{dir .Headline}}" style="margin:0 0 12px;font-size:1.4em;line-height:1.35">{{if and .Link (not .Action)}}<a href="{{.Link}}" style="color:inherit">{{.Headline}}</a>{{else}}{{.Headline}}{{end}}</h1>
{{range .Summary}}<p dir="{{dir .}}" style="margin:0 0 12px">{{.}}</p>
{{end}}{{if .Items}}<ul style="margin:0 0 12px;padding:0;list-style:none">{{range .Items}}<li dir="{{dir .Value}}" style="margin:0 0 12px">{{if .Link}}<a href="{{.Link}}" style="color:inherit;font-weight:bold">{{.Value}}</a>{{else}}<b>{{.Value}}</b>{{end}}{{with .More}}<br><span dir="{{$.Dir}}" style="opacity:.75;font-size:.9em">{{.}}</span>{{end}}</li>
{{end}}</ul>
{{end}}{{if .Facts}}<table role="presentation" style="border-collapse:collapse;margin:0 0 12px">{{range .Facts}}<tr><td style="padding:2px 0;opacity:.75;vertical-align:top">{{.Label}}</td><td style="padding:2px 12px">{{if .Link}}<a href="{{.Link}}" style="color:inherit"><bdi>{{.Value}}</bdi></a>{{else}}<bdi>{{.Value}}</bdi>{{end}}{{with .More}} · <bdi>{{.}}</bdi>{{end}}{{with .When}} · <bdi>{{.}}</bdi>{{end}}</td></tr>{{end}}</table>
{{end}}{{if .Action}}<p style="margin:16px 0"><a href="{{.Link}}" style="display:inline-block;padding:10px 18px;border:1px solid;border-radius:6px;text-decoration:none;font-weight:bold">{{.Action}}</a></p>
{{else if .Link}}<p style="margin:0 0 16px"><a href="{{.Link}}">{{.LinkText}}</a></p>
{{end}}<hr style="border:0;border-top:1px solid;opacity:.25">
{{with .Why}}<p style="margin:8px 0;opacity:.75;font-size:.9em">{{.}}</p>
{{end}}{{if .StopLink}}<p style="margin:8px 0;font-size:.9em"><a href="{{.StopLink}}">{{.Stop}}</a></p>
{{end}}{{range .More}}<p style="margin:8px 0;font-size:.9em"><a href="{{.URL}}">{{.Words}}</a></p>
{{end}}{{with .Notice}}<p style="margin:8px 0;opacity:.75;font-size:.9em">{{.}}</p>{{end}}{{with .Imprint}}<p dir="{{dir .}}" style="margin:8px 0;opacity:.75;font-size:.9em">{{.}}</p>{{end}}
</div></body></html>
`))

// bodies gives the text and the HTML part.
func (l Letter) bodies() (plain, rich string, err error) {
	var b strings.Builder
	d := "ltr"
	if primary, _, _ := strings.Cut(l.Lang, "-"); primary == "ar" || primary == "fa" || primary == "he" || primary == "ur" {
		d = "rtl"
	}
	if err := page.Execute(&b, struct {
		Letter
		Dir string
	}{l, d}); err != nil {
		return "", "", fmt.Errorf("mail: HTML part: %w", err)
	}
	return l.plain(d), b.String(), nil
}

func (l Letter) plain(dir string) string {
	var b strings.Builder
	mark := ""
	if dir == "rtl" {
		mark = "\u200f" // the line's first strong character: a plain text part has no other way to say its direction
	}
	say := func(format string, args ...any) { fmt.Fprintf(&b, format, args...) }
	if l.Kicker != "" {
		say("%s%s\r\n", mark, l.Kicker)
	}
	say("%s\r\n\r\n", isolate(l.Headline))
	for _, s := range l.Summary {
		say("%s\r\n\r\n", isolate(s))
	}
	for _, i := range l.Items {
		say("%s\r\n", isolate(i.Value))
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
		say("%s%s: %s", mark, f.Label, isolate(f.Value))
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
	if l.StopLink != "" {
		say("%s%s\r\n%s\r\n", mark, l.Stop, l.StopLink)
	}
	for _, m := range l.More {
		say("%s%s\r\n%s\r\n", mark, m.Words, m.URL)
	}
	if l.Notice != "" {
		say("%s%s\r\n", mark, l.Notice)
	}
	if l.Imprint != "" {
		say("%s\r\n", isolate(l.Imprint))
	}
	return b.String()
}
