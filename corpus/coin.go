package corpus

import "strings"

// Coined names are made of syllables that every script writes, so that a month of news does not run on forty families. The tables beside
// this file give the names that look like names somebody bears; these fill up behind them.

// syllables are Latin, Arabic, Cyrillic and Han, in this order.
var syllables = rows(`
ba | با | ба | 巴
da | دا | да | 达
ka | كا | ка | 卡
la | لا | ла | 拉
ma | ما | ма | 马
na | نا | на | 纳
sa | سا | са | 萨
ta | تا | та | 塔
be | بي | бе | 贝
de | دي | де | 德
ke | كي | ке | 凯
le | لي | ле | 莱
me | مي | ме | 梅
ne | ني | не | 内
re | ري | ре | 雷
se | سي | се | 塞
te | تي | те | 特
bo | بو | бо | 博
do | دو | до | 多
ko | كو | ко | 科
lo | لو | ло | 洛
mo | مو | мо | 莫
no | نو | но | 诺
ro | رو | ро | 罗
so | سو | со | 索
to | تو | то | 托
`)

var endings = rows(`
n | ن | н | 恩
r | ر | р | 尔
l | ل | л | 勒
s | س | с | 斯
k | ك | к | 克
m | م | м | 姆
nd | ند | нд | 恩德
rt | رت | рт | 尔特
`)

// coin adds n names of two or three syllables and an ending to a table, none twice.
func coin(table []map[string]string, n int, d *dice) []map[string]string {
	have := map[string]bool{}
	for n > 0 {
		var parts [4]string
		for range d.between(2, 3) {
			glue(&parts, pick(d, syllables))
		}
		glue(&parts, pick(d, endings))
		if have[parts[0]] {
			continue
		}
		have[parts[0]] = true
		n--
		parts[0] = strings.ToUpper(parts[0][:1]) + parts[0][1:]
		r := []rune(parts[2])
		parts[2] = strings.ToUpper(string(r[:1])) + string(r[1:])
		table = append(table, byLang(parts[:], "en", "ar", "ru", "zh"))
	}
	return table
}

func glue(name *[4]string, part []string) {
	for i := range name {
		name[i] += part[i]
	}
}
