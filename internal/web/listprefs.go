package web

import (
	"encoding/json"
	"strconv"

	"marsad/internal/list"
	"marsad/internal/store"
	"marsad/news"
)

func (s *site) prefsForm(v *visit) error {
	p, err := v.behind(list.Prefs)
	if err != nil {
		return err
	}
	return v.showPrefs(p)
}

func (v *visit) showPrefs(p list.Person) error {
	page := publicPage{Step: "prefs", List: p.List, Person: p, Consent: v.words.T("lists.prefs-consent", "desk", v.deskName())}
	seen := map[string]bool{}
	for _, c := range p.Others {
		for _, tag := range c.List.Langs {
			if !seen[tag] {
				seen[tag] = true
				page.Langs = append(page.Langs, langChoice{tag, tag == p.Lang})
			}
		}
	}
	return v.showPublic(v.words.Text("lists.prefs-title"), page)
}

// savePrefs does what the preference page's button says: keep the choice, hand out what is known, or forget.
func (s *site) savePrefs(v *visit) error {
	ctx, token := v.r.Context(), v.r.PathValue("token")
	if _, err := v.behind(list.Prefs); err != nil {
		return err
	}
	switch v.form("do") {
	case "export":
		r, err := s.Lists.Own(ctx, token)
		if err != nil {
			return err
		}
		return v.download("marsad.json", r)
	case "erase":
		if err := s.Lists.EraseOwn(ctx, token); err != nil {
			return err
		}
		return v.showPublic(v.words.Text("lists.prefs-title"), publicPage{Step: "erased"})
	}
	var wanted []int64
	for _, id := range v.r.PostForm["list"] {
		if n, err := strconv.ParseInt(id, 10, 64); err == nil {
			wanted = append(wanted, n)
		}
	}
	words := plainWords(v.words.Text("lists.prefs-consent", "desk", v.deskName()))
	if _, err := s.Lists.Choose(ctx, token, v.form("lang"), wanted, words, "page /l/prefs"); err != nil {
		return err
	}
	return v.done("/l/prefs/"+token, "settings-saved")
}

// download hands out a value as a file of JSON.
func (v *visit) download(name string, value any) error {
	b, err := json.MarshalIndent(value, "", "  ")
	if err != nil {
		return err
	}
	v.w.Header().Set("Content-Disposition", `attachment; filename="`+name+`"`)
	v.send("application/json", b)
	return nil
}

// releasePage shows a letter that waits for somebody's word.
type releasePage struct {
	Step   string // ask, released, cancelled, settled
	Row    store.OutboxRow
	Letter letter
	List   news.PublicList
	N      int
}

func (v *visit) held() (p releasePage, err error) {
	ctx := v.r.Context()
	id, err := v.s.Lists.OpenRelease(v.r.PathValue("token"))
	if err != nil {
		return p, err
	}
	if p.Row, err = v.s.Store.Delivery(ctx, id); err != nil {
		return p, err
	}
	p.Step = "settled"
	if p.Row.Delivery.State == news.Held {
		p.Step = "ask"
	}
	p.Letter = readLetter(p.Row.Delivery.Message)
	if p.List, err = v.s.Lists.ByRecipient(ctx, p.Row.Recipient.ID); err != nil {
		return p, err
	}
	tallies, err := v.s.Lists.Store.Tallies(ctx)
	p.N = tallies[p.List.ID][news.Confirmed]
	return p, err
}

func (s *site) releaseForm(v *visit) error {
	p, err := v.held()
	if err != nil {
		return err
	}
	v.show("listrelease", v.words.Text("lists.release-title"), "", p)
	return nil
}

// release lets a letter to a list go, or cancels it, on the word of whoever holds its link.
func (s *site) release(v *visit) error {
	p, err := v.held()
	if err != nil {
		return err
	}
	if p.Step == "ask" {
		id := p.Row.Delivery.Notice.ID
		switch v.form("do") {
		case "send":
			p.Step, err = "released", s.Desk.Release(v.r.Context(), id)
		case "cancel":
			p.Step, err = "cancelled", s.Desk.Cancel(v.r.Context(), id)
		}
		if err != nil {
			return err
		}
	}
	v.show("listrelease", v.words.Text("lists.release-title"), "", p)
	return nil
}
