package page

import (
	"strings"

	"marsad/news"
)

// saidAgain drops an opening paragraph that the text says again right behind it, word by word and longer: a standfirst that programs
// cut from the article's beginning.
func saidAgain(items []item) {
	const least, most = 60, 600 // letters
	first := -1
	var head string
	var behind strings.Builder
	for i := range items {
		it := &items[i]
		if !it.stays() {
			continue
		}
		if first < 0 {
			if !it.prose() || it.chars < least || it.chars > most {
				return
			}
			first, head = i, unspaced(it.text)
			continue
		}
		if behind.WriteString(unspaced(it.text)); behind.Len() > len(head) {
			break
		}
	}
	if head != "" && behind.Len() > len(head) && strings.HasPrefix(behind.String(), head) {
		items[first].drop(news.Boilerplate, "said-again")
	}
}

// unspaced gives the letters of a text.
func unspaced(s string) string { return strings.ReplaceAll(squash(s), " ", "") }

// placeholders drops the dead Latin that walls and templates show in place of a text, where some other text stays.
func placeholders(items []item) {
	real := 0
	var dead []int
	for i := range items {
		it := &items[i]
		switch {
		case !it.stays():
		case it.folded != "" && deadLatin(it.folded):
			dead = append(dead, i)
		case it.prose():
			real++
		}
	}
	if real == 0 {
		return
	}
	for _, i := range dead {
		items[i].drop(news.Paywall, "placeholder")
	}
}

// deadLatin tells whether nearly all of eight words or more are those of the typesetters' passage and of the programs that shuffle it.
func deadLatin(folded string) bool {
	all, dead := 0, 0
	for w := range strings.FieldsSeq(folded) {
		all++
		if dead += b2i(latinWords[w]); dead*2 < all-8 {
			return false
		}
	}
	return all >= 8 && dead*10 >= all*8
}

// latinWords are the words of Cicero's passage on pain (De finibus 1.32), as typesetters and programs use them.
var latinWords = wordSet("a ab accusamus accusantium ad adipisci adipisicing adipiscing alias aliqua aliquam aliquid aliquip amet anim animi aperiam architecto asperiores aspernatur assumenda at atque aut aute autem beatae blanditiis cillum commodi commodo consectetur consequat consequatur consequuntur corporis corrupti culpa cum cumque cupidatat cupiditate debitis delectus deleniti deserunt dicta dignissimos distinctio do dolor dolore dolorem doloremque dolores doloribus dolorum ducimus duis ea eaque earum eius eiusmod eligendi elit enim eos error esse est et eu eum eveniet ex excepteur excepturi exercitation exercitationem expedita explicabo facere facilis fuga fugiat fugit harum hic id illo illum impedit in incididunt incidunt inventore ipsa ipsam ipsum irure iste itaque iure iusto labore laboriosam laboris laborum laudantium libero lorem magna magnam magni maiores maxime minim minima minus modi molestiae molestias mollit mollitia nam natus necessitatibus nemo neque nesciunt nihil nisi nobis non nostrud nostrum nulla numquam occaecat occaecati odio odit officia officiis omnis optio pariatur perferendis perspiciatis placeat porro possimus praesentium proident provident quae quaerat quam quas quasi qui quia quibusdam quidem quis quisquam quo quod quos ratione recusandae reiciendis rem repellat repellendus reprehenderit repudiandae rerum saepe sapiente sed sequi similique sint sit soluta sunt suscipit tempor tempora tempore temporibus tenetur totam ullam ullamco unde ut vel velit veniam veritatis vero vitae voluptas voluptate voluptatem voluptates voluptatibus voluptatum")

func wordSet(list string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(list) {
		set[w] = true
	}
	return set
}

// aboutSite drops a last paragraph that opens with the page's own host: what a site says of itself under every article.
func (r *reading) aboutSite(items []item) {
	host := squash(hostOf(r.page.URL))
	last, prose := -1, 0
	for i := range items {
		if it := &items[i]; it.stays() && it.prose() {
			last = i
			prose++
		}
	}
	if prose < 2 || host == "" {
		return
	}
	if it := &items[last]; it.chars < 400 && strings.HasPrefix(it.folded, host+" ") {
		it.drop(news.Boilerplate, "about-site")
	}
}
