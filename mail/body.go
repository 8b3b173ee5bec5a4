package mail

import (
	"fmt"
	"html/template"
	"strings"
)

// page is the HTML part: one column, no pictures, no outside address, readable in the dark. Mail programs drop style sheets, so what
// matters stands in style attributes; margins are the same on both sides, so that both directions look alike. Every block stands at the
// letter's own side, and a string of another direction is a run within it, kept on one line where there is room. Red is for what breaks
// alone. What is hidden at the top is what a list of mails shows beside the subject.
var page = template.Must(template.New("mail").Funcs(template.FuncMap{"dir": dir}).Parse(`<!doctype html>
<html lang="{{.Lang}}" dir="{{.Dir}}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark"><title>{{.Subject}}</title></head>
<body dir="{{.Dir}}" style="margin:0;padding:20px 16px;font-family:system-ui,'Segoe UI',Tahoma,sans-serif;line-height:1.6">
{{with .Preview}}<div style="display:none;max-height:0;overflow:hidden">{{.}}</div>
{{end}}<div style="max-width:36em;margin:0 auto">
{{if .Masthead}}<p style="margin:0 0 18px;padding:0 0 8px;border-bottom:2px solid;font-size:.9em"><b><bdi>{{.Masthead}}</bdi></b>{{with .When}} <span style="opacity:.75">· <bdi>{{.}}</bdi></span>{{end}}</p>
{{end}}{{with .Kicker}}<p style="margin:0 0 10px;font-size:.9em;font-weight:bold"><span style="{{if $.Urgent}}background:#b3261e;color:#fff;padding:2px 10px;border-radius:4px{{else}}opacity:.75{{end}}">{{.}}</span></p>{{end}}
<h1 style="margin:0 0 14px;font-family:` + serif + `;font-size:1.65em;line-height:1.35">{{if and .Link (not .Action)}}<a dir="{{dir .Headline}}" href="{{.Link}}" style="color:inherit;text-decoration:none">{{.Headline}}</a>{{else}}<span dir="{{dir .Headline}}">{{.Headline}}</span>{{end}}</h1>
{{range .Passages}}<p style="margin:0 0 {{if .By.Label}}4px{{else}}12px{{end}};font-size:1.05em"><span dir="{{dir .Sentence}}">{{.Sentence}}</span></p>
{{if .By.Label}}<p style="margin:0 0 16px;font-size:.9em;opacity:.75">{{.By.Label}}{{$.Colon}}{{if .By.Link}}<a href="{{.By.Link}}" style="color:inherit"><bdi>{{.By.Value}}</bdi></a>{{else}}<bdi>{{.By.Value}}</bdi>{{end}}{{with .By.When}} · <bdi>{{.}}</bdi>{{end}}</p>
{{end}}{{end}}{{if .Items}}<ul style="margin:0 0 12px;padding:0;list-style:none">{{range .Items}}<li style="margin:0;padding:12px 0;border-top:1px solid rgba(128,128,128,.35)">{{if .Link}}<a dir="{{dir .Value}}" href="{{.Link}}" style="color:inherit;font-family:` + serif + `;font-size:1.15em;font-weight:bold;text-decoration:none">{{.Value}}</a>{{else}}<b dir="{{dir .Value}}" style="font-family:` + serif + `;font-size:1.15em">{{.Value}}</b>{{end}}{{with .More}}<br><span style="opacity:.75;font-size:.9em">{{.}}</span>{{end}}</li>
{{end}}</ul>
{{end}}{{if .Facts}}<table role="presentation" width="100%" style="border-collapse:collapse;margin:8px 0 16px;font-size:.95em">{{range .Facts}}<tr><td width="30%" style="padding:6px 0;opacity:.75;vertical-align:top;border-top:1px solid rgba(128,128,128,.35)">{{.Label}}</td><td style="padding:6px 12px;vertical-align:top;border-top:1px solid rgba(128,128,128,.35)">{{if .Link}}<a href="{{.Link}}" style="color:inherit"><bdi style="display:inline-block;text-decoration:underline">{{.Value}}</bdi></a>{{else}}<bdi style="display:inline-block">{{.Value}}</bdi>{{end}}{{with .More}} · <bdi style="display:inline-block">{{.}}</bdi>{{end}}{{with .When}} · <bdi style="display:inline-block">{{.}}</bdi>{{end}}</td></tr>{{end}}</table>
{{end}}{{if .Link}}<p style="margin:16px 0 24px"><a href="{{.Link}}" style="display:inline-block;padding:10px 20px;background:#0b5394;color:#fff;border-radius:6px;text-decoration:none;font-weight:bold">{{or .Action .LinkText}}</a></p>
{{end}}<hr style="border:0;border-top:1px solid rgba(128,128,128,.35);margin:0">
{{with .Why}}<p style="margin:10px 0 6px;opacity:.75;font-size:.9em">{{.}}</p>
{{end}}{{.Own}}{{with .Notice}}<p style="margin:6px 0;opacity:.75;font-size:.9em">{{.}}</p>{{end}}{{with .Imprint}}<p style="margin:6px 0;opacity:.75;font-size:.9em"><span dir="{{dir .}}">{{.}}</span></p>{{end}}
</div></body></html>
`))

// serif is what headlines stand in, as newspapers set them, by names that systems know.
const serif = `Georgia,'Noto Serif','Noto Naskh Arabic',serif`

// passage is a sentence, and whose it and those before it are where it is the last of theirs.
type passage struct {
	Sentence string
	By       Fact
}

func (l Letter) passages() (out []passage) {
	for i, s := range l.Summary {
		p := passage{Sentence: s}
		if i < len(l.By) {
			p.By = l.By[i]
		}
		out = append(out, p)
	}
	return out
}

// preview gives what a list of mails may show beside the subject: the first thing that the subject does not say.
func (l Letter) preview() string {
	const most = 140
	if len(l.Summary) > 0 {
		return clip(l.Summary[0], most)
	}
	var heads []string
	for _, i := range l.Items[min(1, len(l.Items)):] { // the first is in the subject
		heads = append(heads, isolate(clip(i.Value, most/2)))
	}
	return strings.Join(heads[:min(3, len(heads))], " · ")
}

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
		Dir, Preview, Colon string
		Passages            []passage
		Own                 template.HTML
	}{l, l.dir(), l.preview(), colon(l.Lang), l.passages(), template.HTML(ownRich)}); err != nil {
		return "", "", fmt.Errorf("mail: HTML part: %w", err)
	}
	return l.plain(ownPlain), b.String(), nil
}
