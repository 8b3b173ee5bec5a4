package entity_test

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"marsad/entity"
)

func TestPinyin(t *testing.T) {
	for _, c := range []struct {
		han, latin string
		same       bool
	}{
		{"沈若澜", "Shen Ruolan", true}, {"沈若澜", "Ruolan Shen", true}, {"沈若澜", "SHEN Ruo-lan", true}, {"沈若澜", "Shěn Ruòlán", true},
		{"欧阳雪", "Ouyang Xue", true}, {"吕建国", "Lu Jianguo", true}, {"王伟", "Wang Wei", true},
		{"欧阳雪", "Ou Yangxue", false}, {"王伟", "Wang Min", false}, {"王伟", "Wangwei", false}, {"王伟", "Wei", false}, {"沈若澜", "Chen Ruolan", false}, {"周立群", "Zhao Liqun", false},
		{"约翰·克里", "John Kerry", false}, {"北京", "Beijing", false}, {"", "", false},
	} {
		if got := entity.SamePinyin(c.han, c.latin); got != c.same {
			t.Errorf("%s and %s: %v", c.han, c.latin, got)
		}
	}
}

// TestPinyinTable holds the table to the order of the dictionaries: characters that are sorted by their reading come by the alphabet of their
// syllables, but for those that names read otherwise.
func TestPinyinTable(t *testing.T) {
	const otherwise = 40
	var chars []string
	read := map[string]string{}
	for r := rune(0x4E00); r < 0x9FA6; r++ {
		if syllable, _, ok := entity.Pinyin(string([]rune{r, '丁'})); ok {
			chars = append(chars, string(r))
			read[string(r)] = syllable
		}
	}
	if len(chars) < 900 {
		t.Fatalf("%d characters", len(chars))
	}
	collate.New(language.MustParse("zh-u-co-pinyin")).SortStrings(chars)
	var odd []string
	for i := 1; i+1 < len(chars); i++ {
		before, here, after := read[chars[i-1]], read[chars[i]], read[chars[i+1]]
		if before <= after && (here < before || here > after) {
			odd = append(odd, chars[i]+" "+here)
		}
	}
	if len(odd) > otherwise {
		t.Errorf("%d readings out of order: %s", len(odd), strings.Join(odd, ", "))
	}
	slices.Sort(odd)
	t.Log(odd)
}
