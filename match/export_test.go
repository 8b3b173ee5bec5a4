package match

// Look finds the words of an article in the dictionary of an index, and nothing more.
func Look(x *Index, d *Doc) (n int) {
	s := x.big.scanner()
	defer x.big.release(s)
	c := s.cache(d.pack)
	for _, doc := range d.parts {
		if doc == nil {
			continue
		}
		for i := range doc.Tokens {
			t := &doc.Tokens[i]
			raw := doc.Text[t.Start:t.End]
			k := c.keyOf(raw)
			if e, ok := c.find(raw, &k); ok {
				ls, _ := c.leaves(e)
				n += len(ls)
			}
		}
	}
	return n
}
