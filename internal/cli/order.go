package cli

import "runtime"

// inOrder runs work on up to n jobs at a time (0: one a core) and hands the results on in the order of the jobs. It ends with each's
// first error.
func inOrder[J, R any](jobs func(yield func(J) bool), n int, work func(J) R, each func(R) error) error {
	if n <= 0 {
		n = runtime.GOMAXPROCS(0)
	}
	slots := make(chan chan R, 4*n) // results in order; its length bounds how far reading runs ahead
	busy := make(chan struct{}, n)
	stop := make(chan struct{})
	defer close(stop)
	go func() {
		defer close(slots)
		jobs(func(j J) bool {
			result := make(chan R, 1)
			select {
			case slots <- result:
			case <-stop:
				return false
			}
			busy <- struct{}{}
			go func() {
				defer func() { <-busy }()
				result <- work(j)
			}()
			return true
		})
	}()
	for r := range slots {
		if err := each(<-r); err != nil {
			return err
		}
	}
	return nil
}
