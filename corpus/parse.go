package corpus

import (
	"fmt"
	"regexp"
	"sort"
	"strconv"
	"strings"
	"time"

	"marsad/news"
)

// elementKind is the role of one piece of an item's body.
type elementKind string

const (
	prose   elementKind = "paragraph"
	heading elementKind = "heading"
	list    elementKind = "list"
	blockQ  elementKind = "quote"
	caption elementKind = "caption"
	junk    elementKind = "junk"
)

// element is one piece of an item's body: a paragraph, a caption, or junk that stands among the paragraphs.
type element struct {
	kind   elementKind
	body   []node
	credit string           // of a caption
	why    news.RemovedKind // of junk
}

var itemHead = regexp.MustCompile(`(?m)^-- (\S+) --$`)

// parseHappening reads one file of world/: a head of "key: value" lines, then one section an item.
func (c *Corpus) parseHappening(h *Happening, id, src string) error {
	*h = Happening{ID: id, Actors: map[string]*Actor{}}
	cuts := itemHead.FindAllStringSubmatchIndex(src, -1)
	if len(cuts) == 0 {
		return fmt.Errorf("no items")
	}
	if err := h.parseHead(src[:cuts[0][0]]); err != nil {
		return err
	}
	for i, cut := range cuts {
		end := len(src)
		if i+1 < len(cuts) {
			end = cuts[i+1][0]
		}
		it := &Item{ID: id + "/" + src[cut[2]:cut[3]], Happening: h}
		if err := c.parseItem(it, src[cut[1]:end]); err != nil {
			return fmt.Errorf("%s: %w", it.ID, err)
		}
		c.items[it.ID] = it
		h.Items = append(h.Items, it)
	}
	sort.SliceStable(h.Items, func(i, j int) bool { return h.Items[i].when() < h.Items[j].when() })
	return nil
}

func (it *Item) when() time.Duration { return time.Duration(it.Day)*24*time.Hour + it.Clock }

func (h *Happening) parseHead(head string) error {
	for line := range strings.Lines(head) {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		if strings.HasPrefix(line, "@") {
			if err := h.parseActor(line[1:]); err != nil {
				return err
			}
			continue
		}
		key, value, _ := strings.Cut(line, ":")
		value = strings.TrimSpace(value)
		switch key {
		case "title":
			h.Title = value
		case "kind":
			h.Kind = value
		case "day":
			day, err := strconv.Atoi(value)
			if err != nil {
				return err
			}
			h.Day = day
		case "breaks":
			h.Breaks = value == "yes"
		case "unlike":
			h.Unlike = value
		case "earlier":
			h.Earlier = value
		default:
			return fmt.Errorf("head: unknown key %q", key)
		}
	}
	return nil
}

// parseActor reads "id KIND [Qnnn] en=… | ar=… | …".
func (h *Happening) parseActor(line string) error {
	fields := strings.SplitN(line, " ", 3)
	if len(fields) < 3 {
		return fmt.Errorf("actor %q", line)
	}
	a := &Actor{ID: "demo:" + fields[0], Kind: news.MentionKind(fields[1]), Names: map[string]string{}}
	rest := fields[2]
	if q, more, ok := strings.Cut(rest, " "); ok && strings.HasPrefix(q, "Q") && !strings.Contains(q, "=") {
		a.ID, rest = q, more
	}
	for part := range strings.SplitSeq(rest, "|") {
		lang, name, ok := strings.Cut(strings.TrimSpace(part), "=")
		if !ok {
			return fmt.Errorf("actor %s: %q", fields[0], part)
		}
		a.Names[lang] = name
	}
	h.Actors[fields[0]] = a
	return nil
}

func (c *Corpus) parseItem(it *Item, src string) error {
	head, body, ok := strings.Cut(strings.TrimPrefix(src, "\n"), "\n\n")
	if !ok {
		head, body = src, ""
	}
	it.Relation = Original
	for line := range strings.Lines(strings.TrimSpace(head)) {
		key, value, ok := strings.Cut(strings.TrimSpace(line), ":")
		if !ok {
			return fmt.Errorf("head line %q", line)
		}
		if err := c.setField(it, key, strings.TrimSpace(value)); err != nil {
			return fmt.Errorf("%s: %w", key, err)
		}
	}
	if it.Outlet == nil || len(it.headline) == 0 {
		return fmt.Errorf("no outlet or no headline")
	}
	if (it.Relation == Original) != (it.Of == nil) {
		return fmt.Errorf("relation %s needs an origin, and only an original has none", it.Relation)
	}
	if it.slug == "" {
		it.slug = strings.ReplaceAll(strings.ReplaceAll(it.ID, "/", "-"), "_", "-")
	}
	return it.parseBody(body)
}

func (c *Corpus) setField(it *Item, key, value string) (err error) {
	switch key {
	case "outlet":
		o, ok := c.outlets[value]
		if !ok {
			return fmt.Errorf("unknown outlet %q", value)
		}
		it.Outlet = o
	case "at":
		it.Day, it.Clock, err = parseAt(value)
	case "headline":
		it.headline, err = parseInline(value)
	case "subtitle":
		it.subtitle, err = parseInline(value)
	case "byline":
		for name := range strings.SplitSeq(value, ";") {
			it.Byline = append(it.Byline, strings.TrimSpace(name))
		}
	case "credit":
		it.Credit = value
	case "section":
		it.Section = value
	case "place":
		it.Place = value
	case "slug":
		it.slug = value
	case "correction":
		it.Correction = value == "yes"
	case "undated":
		it.Undated = value == "yes"
	case "duplicate", "copy", "translation", "update":
		it.Relation = Relation(key)
		it.Of = c.items[it.Happening.ID+"/"+value]
		if it.Of == nil {
			return fmt.Errorf("unknown origin %q: it must stand before its copies", value)
		}
		if it.Relation == Duplicate && len(it.headline) == 0 {
			it.headline = it.Of.headline
		}
	default:
		return fmt.Errorf("unknown key")
	}
	return err
}

// parseAt reads "+1 09:30": days after the happening's day, and the clock in UTC.
func parseAt(s string) (day int, clock time.Duration, err error) {
	var h, m int
	if _, err := fmt.Sscanf(s, "%d %d:%d", &day, &h, &m); err != nil {
		return 0, 0, fmt.Errorf("%q: %w", s, err)
	}
	return day, time.Duration(h)*time.Hour + time.Duration(m)*time.Minute, nil
}

// parseBody reads paragraphs parted by blank lines. A first character says what a piece is: '#' heading, '*' list (one line an
// entry), '>' quote, '!' caption ("words | credit"), '~' junk ("kind words"), "<<" paragraphs of the origin.
func (it *Item) parseBody(body string) error {
	if strings.TrimSpace(body) == "" && it.Relation == Duplicate {
		body = "<< all"
	}
	for piece := range strings.SplitSeq(body, "\n\n") {
		piece = strings.TrimSpace(piece)
		if piece == "" {
			continue
		}
		if rest, ok := strings.CutPrefix(piece, "<<"); ok {
			if err := it.include(strings.Fields(rest)); err != nil {
				return err
			}
			continue
		}
		e, err := parseElement(piece)
		if err != nil {
			return err
		}
		it.elements = append(it.elements, e)
	}
	if len(it.elements) == 0 {
		return fmt.Errorf("no body")
	}
	return nil
}

func parseElement(piece string) (e element, err error) {
	e.kind = prose
	switch piece[0] {
	case '#':
		e.kind, piece = heading, piece[1:]
	case '>':
		e.kind, piece = blockQ, piece[1:]
	case '*':
		e.kind = list
		piece = strings.ReplaceAll(piece[1:], "\n*", "\n")
		piece = strings.ReplaceAll(piece, "\n ", "\n")
	case '!':
		e.kind = caption
		words, credit, _ := strings.Cut(piece[1:], "|")
		piece, e.credit = words, strings.TrimSpace(credit)
	case '~':
		e.kind = junk
		why, words, _ := strings.Cut(piece[1:], " ")
		e.why, piece = news.RemovedKind(why), words
	}
	piece = strings.TrimSpace(piece)
	if e.kind != list {
		piece = strings.Join(strings.Fields(piece), " ")
	}
	e.body, err = parseInline(piece)
	return e, err
}

// include copies pieces of the origin: "all" but captions and junk, or numbers and ranges that count its plain paragraphs from 1.
func (it *Item) include(which []string) error {
	var own []element
	for _, e := range it.Of.elements {
		if e.kind == prose {
			own = append(own, e)
		}
	}
	for _, w := range which {
		if w == "all" {
			it.elements = append(it.elements, it.Of.paragraphs()...)
			continue
		}
		from, to, ranged := strings.Cut(w, "-")
		a, err := strconv.Atoi(from)
		b := a
		if err == nil && ranged {
			b, err = strconv.Atoi(to)
		}
		if err != nil || a < 1 || b > len(own) || b < a {
			return fmt.Errorf("<< %s: the origin has %d paragraphs", w, len(own))
		}
		it.elements = append(it.elements, own[a-1:b]...)
	}
	return nil
}
