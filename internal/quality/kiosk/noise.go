package kiosk

import (
	"fmt"
	"html"
	"strings"
)

// drawn notes what the lot has put on the page.
func (p *press) drawn(name string) { p.noise = append(p.noise, name) }

// mid is what stands between two paragraphs of the text: nothing of it is text.
func (p *press) mid() string {
	related, title := p.pair(p.Related), p.Titles[p.lot.IntN(len(p.Titles))]
	x := html.EscapeString
	forms := []struct{ name, body string }{
		{"related-strong", "<p><strong>" + x(related) + ` <a href="/r/2">` + x(title) + "</a></strong></p>"},
		{"related-plain", "<p>" + x(related) + " " + x(title) + "</p>"},
		{"related-box", `<div class="inline-box"><h4>` + x(related) + `</h4><ul><li><a href="/r/1">` + x(p.Titles[0]) + `</a></li><li><a href="/r/2">` + x(p.Titles[1]) + "</a></li></ul></div>"},
		{"related-quote", `<blockquote><p><a href="/r/3">` + x(related+" "+title) + "</a></p></blockquote>"},
		{"pitch", "<p><em>" + x(p.pair(p.Pitch)) + "</em></p>"},
		{"pitch-form", `<div class="nl"><p>` + x(p.pair(p.Pitch)) + `</p><form><input type="email"><button>OK</button></form></div>`},
		{"ad", `<div id="div-gpt-ad-1"><span>` + x(p.pair(p.Ad)) + "</span></div>"},
		{"ad-mark", "<p>[ad_1]</p>"},
		{"follow", `<p><a href="https://t.me/kiosk">` + x(p.pair(p.Follow)) + "</a></p>"},
		{"picture", `<figure><img src="/2.jpg"><figcaption>` + x(p.Captions[1]) + " (" + x(p.Credits[1]) + ")</figcaption></figure>"},
		{"picture-line", `<p><img src="/2.jpg"></p><p style="text-align:center">` + x(p.Captions[1]) + " (" + x(p.Credits[1]) + ")</p>"},
		{"none", ""},
	}
	f := forms[p.lot.IntN(len(forms))]
	if strings.HasPrefix(f.name, "picture") {
		p.captions = append(p.captions, p.Captions[1]+" | "+p.Credits[1])
	}
	p.drawn(f.name)
	return f.body
}

// tail is what stands behind the last paragraph, in the element of the text: up to three lines.
func (p *press) tail() string {
	x := html.EscapeString
	forms := []struct{ name, body string }{
		{"source", "<p>" + x(p.Source) + "</p>"},
		{"follow", "<p><strong>" + x(p.pair(p.Follow)) + "</strong></p>"},
		{"tags-line", "<p>" + x(strings.TrimRight(p.pair(p.TagsHead), ":：")+": "+strings.Join(p.Tags, ", ")) + "</p>"},
		{"hashtags", "<p>#" + x(strings.ReplaceAll(strings.Join(p.Tags, " #"), " ", " ")) + "</p>"},
		{"related-list", "<p><strong>" + x(p.pair(p.Related)) + `</strong></p><p><a href="/r/1">` + x(p.Titles[0]) + `</a></p><p><a href="/r/2">` + x(p.Titles[2]) + "</a></p>"},
		{"pitch", "<p>" + x(p.pair(p.Pitch)) + "</p>"},
		{"bio", "<p><em>" + x(p.Bio[0]) + "</em></p>"},
		{"ad-mark", "[ad_2]"},
		{"copyright", "<p>" + x(p.pair(p.Copyright)) + "</p>"},
		{"share", "<p>" + x(p.pair(p.Share)) + "</p>"},
	}
	if p.org {
		forms = append(forms[:6], forms[7:]...) // nobody's biography
	}
	var b strings.Builder
	from := p.lot.IntN(len(forms))
	for k := range p.lot.IntN(4) {
		f := forms[(from+k*3)%len(forms)]
		p.drawn(f.name)
		b.WriteString(f.body)
	}
	return b.String()
}

// after is what stands outside the text.
func (p *press) after(what string) string {
	x := html.EscapeString
	var b strings.Builder
	switch what {
	case "share":
		fmt.Fprintf(&b, `<div class="soc"><span>%s</span> <a href="#fb">Facebook</a> <a href="#x">X</a> <a href="#wa">WhatsApp</a></div>`, x(p.pair(p.Share)))
	case "related":
		fmt.Fprintf(&b, "<div><h3>%s</h3>", x(p.pair(p.MostRead)))
		for i, t := range p.Titles {
			fmt.Fprintf(&b, `<div><a href="/r/%d">%s</a><p>%s</p></div>`, i, x(t), x(p.Blurbs[i]))
		}
		b.WriteString("</div>")
	case "comments":
		fmt.Fprintf(&b, `<div id="cmts"><h3>%s</h3>`, x(p.pair(p.CommentHead)))
		for i, c := range p.Comments {
			fmt.Fprintf(&b, `<div><b>user%d</b> <span>%s</span><p>%s</p></div>`, i+1, x(p.pair(p.Ago)), x(c))
		}
		b.WriteString("</div>")
	case "cookie":
		fmt.Fprintf(&b, `<div class="cc-window"><span>%s</span><a href="/privacy">OK</a></div>`, x(p.pair(p.Cookie)))
	}
	return b.String()
}
