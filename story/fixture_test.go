package story_test

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"marsad/lang/pack"
	"marsad/news"
	"marsad/story"
	"marsad/text"
)

// base is the day on which the fixtures happen.
var base = time.Date(2026, 3, 2, 6, 0, 0, 0, time.UTC)

// desk places marked texts, one after another.
type desk struct {
	*story.Window
	t       *testing.T
	inputs  []story.Input
	placed  []news.Placement
	stories map[int64]news.Story
	outlets map[string]int64
}

func newDesk(t *testing.T) *desk {
	return &desk{Window: story.NewWindow(story.Options{}), t: t, stories: map[int64]news.Story{}, outlets: map[string]int64{}}
}

var mark = regexp.MustCompile(`\{(PER|ORG|LOC|DAY) ([^|}]*)\|([^}]*)\}`)

// input makes an article of a text in which names and days are marked: {PER Q1|Ann Lee}, {LOC |Port Selma}, {DAY 2026-03-02|Monday}.
// The first paragraph is the headline.
func (d *desk) input(outlet, lang string, after time.Duration, marked string) story.Input {
	headline, body, _ := strings.Cut(strings.TrimSpace(marked), "\n\n")
	if d.outlets[outlet] == 0 {
		d.outlets[outlet] = int64(len(d.outlets) + 1)
	}
	at := base.Add(after)
	in := story.Input{
		Source:  news.Source{ID: d.outlets[outlet], Name: outlet, Home: "https://" + outlet + ".example"},
		Arrived: at.Add(2 * time.Minute),
	}
	var b strings.Builder
	last := 0
	for _, m := range mark.FindAllStringSubmatchIndex(body, -1) {
		b.WriteString(body[last:m[0]])
		kind, id, words := body[m[2]:m[3]], body[m[4]:m[5]], body[m[6]:m[7]]
		span := news.Span{Start: b.Len(), End: b.Len() + len(words)}
		b.WriteString(words)
		last = m[1]
		if kind == "DAY" {
			from, err := time.Parse("2006-01-02", id)
			if err != nil {
				d.t.Fatal(err)
			}
			in.Analysis.Timexes = append(in.Analysis.Timexes, news.Timex{
				Span: span, Type: news.Date, Value: id, From: from, To: from.AddDate(0, 0, 1), DayOnly: true, Granularity: "day", Certainty: 1,
			})
			continue
		}
		in.Analysis.Mentions = append(in.Analysis.Mentions, news.Mention{Span: span, Kind: news.MentionKind(kind), Entity: id, Name: words, Known: id != ""})
	}
	b.WriteString(body[last:])
	in.Article = news.Article{
		ID: int64(len(d.inputs) + 101), SourceID: in.Source.ID, Headline: mark.ReplaceAllString(headline, "$3"), Lang: lang, Text: b.String(),
		URL: in.Source.Home + "/" + outlet + after.String(), Published: news.Stamp{Time: at, Zoned: true, From: news.FromMeta},
	}
	in.Doc = text.Analyze(in.Article.Text, pack.For(lang))
	return in
}

func (d *desk) put(in story.Input) (news.Placement, []news.Story) {
	p, stories := d.Place(in)
	d.inputs, d.placed = append(d.inputs, in), append(d.placed, p)
	for _, s := range stories {
		d.stories[s.ID] = s
	}
	return p, stories
}

func (d *desk) place(outlet, lang string, after time.Duration, marked string) news.Placement {
	p, _ := d.put(d.input(outlet, lang, after, marked))
	return p
}

const craneEN = `
Crane falls across main basin, closing {LOC Q1|Port Selma} harbour

The harbour of {LOC Q1|Port Selma} was closed on {DAY 2026-03-02|Monday} after a 74-metre crane fell across its main basin, said the harbour director, {PER |Mirela Kuznetsova}. Nobody was hurt.

Some 23 ships were waiting outside the breakwater by noon. "We shall need until {DAY 2026-03-04|Wednesday} to cut the jib into pieces and lift it out," {PER |Kuznetsova} told reporters on the quay.

The {ORG |Halvorsen Lines} company said that its ferry to {LOC Q2|Brinmouth} would sail from the southern pier instead. About 1,850 passengers are booked on it this week.

The crane was built 41 years ago and had been inspected in the autumn. An inquiry led by {PER |Tomas Benaroya} of the port authority begins on {DAY 2026-03-03|Tuesday}.
`

const craneRU = `
Гавань {LOC Q1|Порт-Сельмы} закрыта: кран рухнул в главный бассейн

Гавань {LOC Q1|Порт-Сельмы} была закрыта в {DAY 2026-03-02|понедельник} после того, как 74-метровый кран рухнул поперек главного бассейна, сообщила директор порта {PER |Мирела Кузнецова}. Никто не пострадал.

К полудню за волноломом ожидали 23 судна. «Нам понадобится время до {DAY 2026-03-04|среды}, чтобы разрезать стрелу на части и поднять ее», — сказала {PER |Кузнецова} журналистам на причале.

Компания {ORG |Халворсен} сообщила, что ее паром в {LOC Q2|Бринмут} отойдет от южного пирса. На этой неделе на него забронировано около 1850 билетов.

Кран был построен 41 год назад и осенью проходил осмотр. Расследование под руководством {PER |Томаса Бенаройи} начнется во {DAY 2026-03-03|вторник}.
`

const craneOwn = `
Ships queue off {LOC Q1|Port Selma} as fallen crane blocks the way

More than twenty ships lay at anchor off {LOC Q1|Port Selma} on {DAY 2026-03-02|Monday} evening, their way in barred by a crane that had come down in the main basin of the harbour that morning.

Crews of two tugs passed lines around the jib while divers looked for damage to the quay wall. {PER |Mirela Kuznetsova}, who directs the harbour, hoped to open it again by {DAY 2026-03-04|Wednesday}.

Fishermen on the southern pier said that they had heard a noise like a train. The crane, 74 metres high, was among the oldest on the coast.
`

const bridge = `
{LOC Q9|Tarnfell} opens its new footbridge after nine years

The footbridge over the river at {LOC Q9|Tarnfell} was opened on {DAY 2026-03-02|Monday} by the mayor, {PER |Oona Castellane}, nine years after the old one was swept away by a flood.

It is 212 metres long and cost 18.4 million crowns. Children of three schools walked across first, with lanterns and a brass band.

The architect, {PER |Idris Vantongeren}, said that the timber came from a forest two valleys away, and that the bridge should stand for a century.
`
