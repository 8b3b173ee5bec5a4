package feed

import (
	"net/url"
	"strings"
	"unicode"

	"golang.org/x/net/html"
)

// plain gives the words of a title: without tags, entities resolved, space made single. Titles come as text, as markup and as
// markup escaped once too often; a "<" that opens no tag stays.
func plain(s string) string {
	if strings.ContainsAny(s, "<&") {
		s = untagged(s)
	}
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }), " ")
}

func untagged(s string) string {
	var b strings.Builder
	z := html.NewTokenizer(strings.NewReader(s))
	hidden := false // in script or style
	for {
		switch z.Next() {
		case html.ErrorToken:
			return b.String()
		case html.TextToken:
			if !hidden {
				b.WriteString(html.UnescapeString(string(z.Raw())))
			}
		case html.StartTagToken, html.EndTagToken, html.SelfClosingTagToken:
			t := z.Token()
			if t.Data == "script" || t.Data == "style" {
				hidden = t.Type == html.StartTagToken
			}
			if t.Data == "br" || t.Data == "p" || t.Data == "div" {
				b.WriteByte(' ')
			}
		}
	}
}

// absolute resolves an address against a base. What is no web address, or cannot be made one, gives "".
func absolute(base, ref string) string {
	ref = strings.TrimSpace(strings.Map(func(r rune) rune {
		if r < ' ' {
			return -1 // an address broken over lines
		}
		return r
	}, ref))
	if ref == "" || len(ref) > 8<<10 {
		return ""
	}
	u, err := url.Parse(ref)
	if err != nil {
		return ""
	}
	if b, err := url.Parse(base); err == nil && base != "" {
		u = b.ResolveReference(u)
	}
	if u.Scheme != "" && u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	return u.String()
}

// isWeb tells whether s is a whole web address.
func isWeb(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != ""
}
