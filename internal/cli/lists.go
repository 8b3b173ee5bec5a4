package cli

import (
	"errors"
	"os"
	"path/filepath"
	"sync"

	"marsad/entity"
)

// names gives all names that are known here: those that Marsad carries, and the lists that lie in the data folder's names folder (CSV,
// JSON lines, FollowTheMoney, the UN's XML). It is asked many times and read once.
func (rt *runtimeEnv) names() (*entity.Names, error) { return rt.known() }

func (rt *runtimeEnv) readNames() (*entity.Names, error) {
	folder, err := rt.dataFolder()
	if err != nil {
		return entity.Default(), nil // nowhere to look: the command itself will say so if it needs a folder
	}
	files, err := os.ReadDir(filepath.Join(folder, "names"))
	if errors.Is(err, os.ErrNotExist) {
		return entity.Default(), nil
	}
	if err != nil {
		return nil, err
	}
	var all []entity.Alias
	for _, f := range files {
		if f.IsDir() || hidden(f.Name()) {
			continue
		}
		list, err := readList(filepath.Join(folder, "names", f.Name()))
		if err != nil {
			return nil, usage("the list of names %s: %v", f.Name(), err)
		}
		all = append(all, list...)
	}
	if len(all) == 0 {
		return entity.Default(), nil
	}
	return entity.Default().With(all)
}

func readList(path string) (list []entity.Alias, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	list, err = entity.ReadList(f)
	return list, errors.Join(err, f.Close())
}

// once makes readNames a question that costs once.
func (rt *runtimeEnv) once() { rt.known = sync.OnceValues(rt.readNames) }
