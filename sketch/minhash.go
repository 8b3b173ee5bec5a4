package sketch

// Bins is the length of a signature: its estimate of the resemblance has a standard error of at most 0.5/√Bins, some .06.
const Bins = 64

// Bands is the number of keys that a signature is looked up by. Two texts of resemblance s share a key with probability
// 1-(1-s⁴)¹⁶: .65 at s = .5, .99 at .7, under .03 at .2.
const Bands = 16

// Signature is a minhash by one permutation: the least hash in each of the Bins parts of the hash's range.
type Signature [Bins]uint32

const noHash = ^uint32(0)

// MinHash signs a set of shingles (Broder 1997), with one permutation cut into bins (Li, Owen and Zhang 2012) whose empty ones
// borrow from a bin that their own number picks (Shrivastava 2017). The second result is false where there are no shingles:
// such a text resembles nothing.
func MinHash(shingles []uint64) (Signature, bool) {
	var s Signature
	for i := range s {
		s[i] = noHash
	}
	for _, h := range shingles {
		bin, v := h>>58, uint32(h>>16)
		if v == noHash {
			v--
		}
		s[bin] = min(s[bin], v)
	}
	return s, densify(&s, len(shingles))
}

// densify fills the empty bins; without it a short text's empty bins would look alike.
func densify(s *Signature, shingles int) bool {
	if shingles == 0 {
		return false
	}
	full := *s
	for i := range s {
		for try := uint64(1); s[i] == noHash; try++ {
			s[i] = full[mix(uint64(i)<<32|try)>>58]
		}
	}
	return true
}

// Resemblance estimates the Jaccard resemblance of the signed sets.
func (s *Signature) Resemblance(o *Signature) float64 {
	same := 0
	for i := range s {
		if s[i] == o[i] {
			same++
		}
	}
	return float64(same) / Bins
}

// Keys gives one key a band, for [Index]: texts that are alike share at least one (locality-sensitive hashing).
func (s *Signature) Keys() [Bands]uint32 {
	const rows = Bins / Bands
	var keys [Bands]uint32
	for b := range keys {
		h := uint64(b + 1)
		for _, v := range s[b*rows : (b+1)*rows] {
			h = mix(h*base + uint64(v))
		}
		keys[b] = uint32(h)
	}
	return keys
}
