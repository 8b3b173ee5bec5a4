package entity

import (
	"strings"
)

// A skeleton is a coarse reading of a name's consonants that is nearly the same in all scripts: it brings together what may be
// one name, so that the model need not compare everything with everything. Vowels, half vowels and breaths are left out; sounds
// that writers of different languages mix up share a class; a letter that may be of two classes gives two skeletons.

// skeletonLength is how many consonants tell names apart here.
const skeletonLength = 4

// classes are the letters' classes; "-" stands for none. The first is the usual one.
var classes = func() map[rune]string {
	m := map[rune]string{}
	for class, letters := range map[string]string{
		"P":   "pbfбпфبفבפㅂᄇᄑᄈᆸᇁ",
		"P-":  "vвו",
		"-P":  "w",
		"T":   "dtszطضظصتدثذزسشдтзсцчшщжדטתסצשזᄃᄐᄄᄉᄊᄌᄎᄍᆮᇀᆺᆽᆾ",
		"K":   "kqكقкקכᄀᄏᄁᆨᆿᆩ",
		"KT":  "cgxگجгג",
		"TK-": "j",
		"K-":  "خغхח",
		"L":   "lلлל",
		"R":   "rرрר",
		"LR":  "ᄅᆯ",
		"M":   "mمмמ",
		"N":   "nنнנᄂᆫ",
		"NK":  "ᆼ",
	} {
		for _, r := range letters {
			m[r] = class
		}
	}
	return m
}()

// skeletons appends the readings of a name's letters, 8 at most. A name without consonants has the empty one.
func skeletons(dst []string, letters string) []string {
	from := len(dst)
	dst = append(dst, "")
	for i, r := range letters {
		class := classes[r]
		switch {
		case r == 'h' && i > 0 && strings.ContainsRune("kg", rune(letters[i-1])):
			continue // kh, gh are one sound, which other scripts may leave as h
		case (r == 'k' || r == 'g') && strings.HasPrefix(letters[i+1:], "h"):
			class = "K-"
		case r == 'c' && strings.HasPrefix(letters[i+1:], "h"):
			class = "TK"
		}
		if class == "N" && labialNext(letters[i:], r) {
			class = "M" // Jumblatt is جنبلاط
		}
		if class == "" {
			continue
		}
		end := len(dst)
		for k := from; k < end; k++ {
			if len(dst[k]) >= skeletonLength {
				continue
			}
			for c := 1; c < len(class) && len(dst)-from < 8; c++ {
				dst = append(dst, extend(dst[k], class[c]))
			}
			dst[k] = extend(dst[k], class[0])
		}
	}
	return dst
}

// labialNext tells whether a labial follows the letter r that s begins with.
func labialNext(s string, r rune) bool {
	for _, next := range s[len(string(r)):] {
		return classes[next] == "P"
	}
	return false
}

// near appends to keys those that a last consonant more or less makes of the two most usual ones: silent or slurred ends.
func near(keys []string) []string {
	for _, k := range keys[:min(2, len(keys)):min(2, len(keys))] {
		if len(k) < skeletonLength {
			for _, c := range []byte("PTKLRMN") {
				if k == "" || k[len(k)-1] != c {
					keys = append(keys, k+string(c))
				}
			}
		}
		if len(k) > 2 {
			keys = append(keys, k[:len(k)-1])
		}
	}
	return keys
}

// extend adds a class; neighbours of one class are one, as doubled letters are written once in many scripts.
func extend(s string, class byte) string {
	if class == '-' || s != "" && s[len(s)-1] == class {
		return s
	}
	return s + string(class)
}

// tally counts the consonants of each class that no writer mixes up with another: eight bits a class, neighbours of one class
// once. Two writings of one word differ little in it.
func tally(letters string) uint64 {
	var counts uint64
	before := ""
	for i, r := range letters {
		class := classes[r]
		if class == "" {
			continue
		}
		if class == "N" && labialNext(letters[i:], r) {
			class = "M"
		}
		if class != before && len(class) == 1 {
			counts += 1 << (8 * slot(class[0]))
		}
		before = class
	}
	return counts
}

func slot(class byte) int { return strings.IndexByte("PTKLRMN", class) }

// apart is how many letters two tallies differ in.
func apart(a, b uint64) int {
	n := 0
	for ; a != 0 || b != 0; a, b = a>>8, b>>8 {
		d := int(a&255) - int(b&255)
		n += max(d, -d)
	}
	return n
}
