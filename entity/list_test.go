package entity

import (
	"errors"
	"strings"
	"testing"

	"marsad/news"
)

func TestReadList(t *testing.T) {
	for name, c := range map[string]struct {
		in   string
		want []Alias
	}{
		"tsv":        {"7\tAnn Other\n7\tAnne Other\n", []Alias{{ID: "7", Name: "Ann Other"}, {ID: "7", Name: "Anne Other"}}},
		"csv":        {"id,name\n7,\"Other, Ann\"\n", []Alias{{ID: "7", Name: "Other, Ann"}, {ID: "7", Name: "Ann Other"}}}, // said the other way round
		"ofac":       {"306,\"BANK OF NOWHERE\",\"-0-\",X\n9,\"DOE, John\",\"individual\",Y\n", []Alias{{ID: "306", Name: "BANK OF NOWHERE", Kind: news.Org}, {ID: "9", Name: "DOE, John", Kind: news.Person}, {ID: "9", Name: "John DOE", Kind: news.Person}}},
		"eu":         {"Entity_LogicalId;Entity_SubjectType;NameAlias_WholeName\n13;P;Ann Other\n14;E;Void Ltd\n", []Alias{{ID: "13", Name: "Ann Other", Kind: news.Person}, {ID: "14", Name: "Void Ltd", Kind: news.Org}}},
		"ships":      {`{"id":"V1","schema":"Vessel","caption":"OCEAN STAR","properties":{"name":["OCEAN STAR"]}}`, nil},
		"simple csv": {"\ufeffid,schema,name,aliases,countries\nQ1,Person,Ann Other,A. Other;Annie,us;gb\n", []Alias{{ID: "Q1", Name: "Ann Other", Kind: news.Person, Country: "US"}, {ID: "Q1", Name: "A. Other", Kind: news.Person, Country: "US"}, {ID: "Q1", Name: "Annie", Kind: news.Person, Country: "US"}}},
		"names only": {"Ann Other\nBob\n", []Alias{{ID: "Ann Other", Name: "Ann Other"}, {ID: "Bob", Name: "Bob"}}},
		"jsonl":      {`{"id":"1","name":"Ann","kind":"ORG","names":{"ar":["آن"]}}` + "\n\n" + `{"name":"Bob"}`, []Alias{{ID: "1", Name: "Ann", Kind: news.Org}, {ID: "1", Name: "آن", Kind: news.Org, Lang: "ar"}, {ID: "Bob", Name: "Bob"}}},
		"ftm":        {`{"id":"NK-1","schema":"Person","caption":"Ann","properties":{"name":["Ann"],"alias":["Annie"],"nationality":["ru"]}}`, []Alias{{ID: "NK-1", Name: "Ann", Kind: news.Person, Country: "RU"}, {ID: "NK-1", Name: "Annie", Kind: news.Person, Country: "RU"}}},
		"un": {`<?xml version="1.0" encoding="UTF-8"?><CONSOLIDATED_LIST><INDIVIDUALS><INDIVIDUAL><DATAID>1</DATAID><FIRST_NAME>ANN</FIRST_NAME><SECOND_NAME>OTHER</SECOND_NAME><REFERENCE_NUMBER>QDi.1</REFERENCE_NUMBER><NAME_ORIGINAL_SCRIPT>آن</NAME_ORIGINAL_SCRIPT><INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY><ALIAS_NAME>Annie</ALIAS_NAME></INDIVIDUAL_ALIAS></INDIVIDUAL></INDIVIDUALS><ENTITIES><ENTITY><DATAID>2</DATAID><FIRST_NAME>VOID LTD</FIRST_NAME></ENTITY></ENTITIES></CONSOLIDATED_LIST>`,
			[]Alias{{ID: "QDi.1", Name: "ANN OTHER", Kind: news.Person}, {ID: "QDi.1", Name: "آن", Kind: news.Person}, {ID: "QDi.1", Name: "Annie", Kind: news.Person}, {ID: "2", Name: "VOID LTD", Kind: news.Org}}},
		"empty": {" \n", nil},
	} {
		got, err := ReadList(strings.NewReader(c.in))
		if err != nil || len(got) != len(c.want) {
			t.Errorf("%s: %+v %v", name, got, err)
			continue
		}
		for i := range got {
			if got[i] != c.want[i] {
				t.Errorf("%s: %+v, want %+v", name, got[i], c.want[i])
			}
		}
	}
	for _, bad := range []string{"\xff\xfei\x00d\x00", "1,\xe4\xf6\n2,\xfc\xdf\n", "{\"id\":", "<a><b></a>", "<a>" + strings.Repeat("<b>", 200)} {
		if _, err := ReadList(strings.NewReader(bad)); !errors.Is(err, ErrList) {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

func FuzzReadList(f *testing.F) {
	f.Add("id,name\n1,Ann")
	f.Add("{\"id\":\"1\",\"names\":[\"a\",3]}")
	f.Add("<INDIVIDUAL><FIRST_NAME>x</FIRST_NAME></INDIVIDUAL>")
	f.Add("a;b;c\n\"x")
	f.Fuzz(func(t *testing.T, s string) {
		list, _ := ReadList(strings.NewReader(s))
		for _, a := range list {
			if a.ID == "" || a.Name == "" || len(a.Name) > maxNameSize {
				t.Fatalf("%+v", a)
			}
		}
	})
}
