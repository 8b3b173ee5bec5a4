package story

// The weights of the pairwise model, within a language and across languages, in the order of FeatureNames.
var (
	within = model{-4.2, vector{8, 3, 1.5, 1, 2, 3.5, -.3, -.25, 0}}
	across = model{-4.2, vector{2, 5, 2, 1, 3, 2.5, -.3, -.25, 4}}
)
