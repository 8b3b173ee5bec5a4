package web

import (
	"cmp"
	"context"
	"html/template"
	"io"
	"iter"
	"net/http"
	"slices"
	"strings"

	syndication "marsad/feed"
	"marsad/internal/fault"
	"marsad/internal/i18n"
)

// addingPage says what became of what somebody gave. Of addresses that have to be looked at first it says so one by one, while the page
// is on its way; the sum stands below.
type addingPage struct {
	Looked int // addresses that are looked at; 0: all is known already
	visit  *visit
	given  []string
	all    []Added
	failed error
}

type addedRow struct {
	Added
	Says template.HTML
}

// addedSum is what became of it all, in numbers and by reason.
type addedSum struct {
	New, Known, Failed int
	Notes              []template.HTML // on the list as a whole
	Groups             []addedGroup    // what was not added, and why; then what was here, and what was added
	Again              string          // the lines that were not added, to be corrected and given again
	Problem            template.HTML   // why it ended before its end
}

// addedGroup is what one thing became of.
type addedGroup struct {
	Says template.HTML
	N    int
	Rows []Added
	Left int // more of them than are shown
	Open bool
}

// mostAdded is how many lines of a group are shown one by one.
const mostAdded = 200

func (s *site) addSources(v *visit) error {
	if s.Desk.AddSources == nil {
		return fault.New(fault.Invalid, "this desk takes no sources")
	}
	given, err := v.given(v.form("paste"))
	if err != nil {
		return err
	}
	if len(given) == 0 {
		return v.done("/sources", "nothing")
	}
	p := &addingPage{visit: v, given: given}
	for _, g := range given {
		if !syndication.IsOPML([]byte(g)) {
			p.Looked += strings.Count(strings.TrimSpace(g), "\n") + 1
		}
	}
	if p.Looked > 1 {
		v.showWhileMade("adding", v.words.Text("added.title"), "sources", p)
		return nil
	}
	for range p.add { // a list, or one address
	}
	if p.failed != nil {
		return p.failed
	}
	if len(p.all) == 1 && p.all[0].Source > 0 {
		return v.done("/sources/"+i18n.ID(p.all[0].Source), map[string]string{"": "source-added", "known": "source-known"}[p.all[0].Problem])
	}
	p.Looked = 0
	v.show("adding", v.words.Text("added.title"), "sources", p)
	return nil
}

// given gives what was pasted and what the file holds that came with it, apart: typed lines are no part of a file that is a list.
func (v *visit) given(pasted string) ([]string, error) {
	given := []string{pasted}
	if f, _, err := v.r.FormFile("file"); err == nil {
		body, err := io.ReadAll(f)
		if err != nil {
			return nil, err
		}
		given = append(given, string(body))
	}
	return slices.DeleteFunc(given, func(g string) bool { return strings.TrimSpace(g) == "" }), nil
}

// showAdded shows what became of addresses that were given elsewhere.
func (v *visit) showAdded(all []Added) error {
	v.show("adding", v.words.Text("added.title"), "sources", &addingPage{visit: v, all: all})
	return nil
}

// Coming gives what became of each address as it is known.
func (p *addingPage) Coming() iter.Seq[addedRow] { return p.add }

// add adds what was given.
func (p *addingPage) add(yield func(addedRow) bool) {
	v := p.visit
	ctx, stop := context.WithCancel(v.r.Context())
	defer stop()
	defer v.s.listed.drop()
	for _, g := range p.given {
		gone := false
		_, err := v.s.Desk.AddSources(ctx, Adding{Given: g, Reader: v.reader(), Each: func(a Added) {
			if p.all = append(p.all, a); !gone && !yield(addedRow{a, v.became(a)}) {
				gone = true
				stop()
			}
		}})
		if p.failed = err; err != nil || gone {
			return
		}
	}
}

// became words what became of one address.
func (v *visit) became(a Added) template.HTML {
	for _, key := range []string{"added." + cmp.Or(a.Problem, "well"), "health.problem." + a.Problem} {
		if v.words.Has(key) && a.Problem != "failed" {
			return v.words.T(key)
		}
	}
	return v.words.T("added.failed", "detail", a.Detail)
}

// ofList are what is said of a list as a whole rather than of one of its lines.
var ofList = []string{"short", "cut"}

// needless are what need not be given again though nothing was added for it.
var needless = []string{"known", "twice", "closed"}

// Sum sums up what became of all so far.
func (p *addingPage) Sum() (sum addedSum) {
	at := map[string]int{} // problem -> its group, from one
	var again []string
	for _, a := range p.all {
		if slices.Contains(ofList, a.Problem) {
			sum.Notes = append(sum.Notes, p.visit.became(a))
			continue
		}
		switch a.Problem {
		case "":
			sum.New++
		case "known", "twice":
			sum.Known++
		default:
			sum.Failed++
		}
		if a.Problem != "" && !slices.Contains(needless, a.Problem) {
			again = append(again, a.Line)
		}
		key := a.Problem
		if key == "failed" {
			key += a.Detail
		}
		if at[key] == 0 {
			sum.Groups = append(sum.Groups, addedGroup{Says: p.visit.became(a), Open: a.Problem != "" && a.Problem != "known"})
			at[key] = len(sum.Groups)
		}
		sum.Groups[at[key]-1].take(a)
	}
	slices.SortStableFunc(sum.Groups, func(a, b addedGroup) int { return first(a.Open, b.Open) })
	sum.Again = strings.Join(again, "\n")
	if p.failed != nil {
		sum.Problem = p.visit.words.T("added.ended", "detail", p.failed.Error())
	}
	return sum
}

func (g *addedGroup) take(a Added) {
	if g.N++; len(g.Rows) < mostAdded {
		g.Rows = append(g.Rows, a)
	} else {
		g.Left++
	}
}

// showWhileMade sends a page piece by piece as it is made, for one whose making takes its time. A fault half-way leaves half a page.
func (v *visit) showWhileMade(name, title, section string, data any) {
	v.w.Header().Set("Content-Type", "text/html; charset=utf-8")
	v.w.Header().Set("X-Accel-Buffering", "no") // what stands before the desk would keep it back otherwise
	v.w.WriteHeader(v.status)
	if err := v.s.pages.sets[name].ExecuteTemplate(sender{v.w, http.NewResponseController(v.w)}, "frame", v.page(title, section, data)); err != nil && v.r.Context().Err() == nil {
		v.s.Log.Error("template failed", "page", name, "err", err)
	}
}

// sender sends at once what stands at the end of a line.
type sender struct {
	to      io.Writer
	control *http.ResponseController
}

// Write implements io.Writer.
func (s sender) Write(b []byte) (int, error) {
	n, err := s.to.Write(b)
	if err == nil && len(b) > 0 && b[len(b)-1] == '\n' {
		err = s.control.Flush()
	}
	return n, err
}
