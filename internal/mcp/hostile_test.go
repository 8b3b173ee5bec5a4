package mcp

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"marsad/internal/store"
	"marsad/news"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"
)

// vast is an archive whose articles claim and quote without end, and whose names are books.
type vast struct{ Store }

func (v vast) entry() store.Entry {
	text := strings.Repeat("word ", 1000)
	whole := news.Span{End: len(text)}
	e := store.Entry{Article: news.Article{ID: 1, Headline: text, URL: "https://example.org/" + text, Text: text}, Source: news.Source{Name: text}}
	for range 300 {
		e.Analysis.Claims = append(e.Analysis.Claims, news.Claim{Span: whole, Stance: news.Denies, Claimant: &news.Actor{Span: whole}, Answers: 0})
		e.Analysis.Quotations = append(e.Analysis.Quotations, news.Quotation{Span: whole, Speaker: &news.Actor{Span: whole}})
	}
	return e
}

func (v vast) Entry(context.Context, int64) (store.Entry, error) { return v.entry(), nil }
func (v vast) Story(context.Context, int64) (news.Story, error) {
	return news.Story{ID: 1, Headline: v.entry().Article.Text}, nil
}
func (v vast) StoryEntries(context.Context, int64) ([]store.Entry, error) {
	return []store.Entry{v.entry(), v.entry(), v.entry()}, nil
}

// No answer floods its reader, and what is left out is said.
func TestAnswersAreShort(t *testing.T) {
	o := options(t)
	o.Store = vast{o.Store}
	near, far := sdk.NewInMemoryTransports()
	go func() { _ = New(o).Run(t.Context(), near) }()
	s := connect(t, far)
	for _, tool := range []string{"story", "article"} {
		var answer map[string]any
		call(t, s, tool, idIn{1}, &answer)
		b, err := json.Marshal(answer)
		if err != nil || len(b) > 2<<20 {
			t.Errorf("%s answers %d bytes, %v", tool, len(b), err)
		}
		if answer["left_out"] == nil && answer["claims_left_out"] == nil {
			t.Errorf("%s does not say that it leaves something out", tool)
		}
	}
}

// What is no call, or a call of nothing, is answered as a fault, and the next call is answered well.
func TestFaults(t *testing.T) {
	h := Handler(New(options(t)))
	ask := func(method, body string) *httptest.ResponseRecorder {
		r := httptest.NewRequest(method, "/api/mcp", strings.NewReader(body))
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Accept", "application/json, text/event-stream")
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		return w
	}
	for _, body := range []string{"", "{", "[]", "null", `{"jsonrpc":"1.0","id":1,"method":"tools/list"}`, `{"jsonrpc":"2.0","id":1,"method":"no/such"}`,
		`{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"nosuch"}}`, `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"article","arguments":{"id":"x"}}}`,
		`{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"search","arguments":{"query":"((","n":99999999}}}`, `{"jsonrpc":"2.0","id":1,"method":"resources/read","params":{"uri":"file:///etc/passwd"}}`,
		strings.Repeat("[", 100_000), `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":` + strings.Repeat(`{"a":`, 20_000)} {
		w := ask(http.MethodPost, body)
		if w.Code < 400 && !strings.Contains(w.Body.String(), `"error"`) && !strings.Contains(w.Body.String(), `"isError":true`) {
			t.Errorf("%.80s: %d %.200s", body, w.Code, w.Body)
		}
		if strings.Contains(w.Body.String(), "root:x") || w.Code >= 500 && w.Code != http.StatusNotImplemented {
			t.Errorf("%.80s: %d %.200s", body, w.Code, w.Body)
		}
	}
	if w := ask(http.MethodDelete, ""); w.Code < 400 {
		t.Errorf("a session that never was is ended: %d", w.Code)
	}
	if w := ask(http.MethodPost, `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"search","arguments":{"query":"harbour"}}}`); w.Code != 200 || !strings.Contains(w.Body.String(), "untrusted_headline") {
		t.Errorf("the next call: %d %.200s", w.Code, w.Body)
	}
}
