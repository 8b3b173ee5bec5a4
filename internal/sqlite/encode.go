package sqlite

import (
	"bytes"
	"compress/flate"
	"encoding/json"
	"fmt"
	"io"
	"sync"
	"time"
)

// micros gives a moment as the database holds it: microseconds since 1970, 0 for none.
func micros(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}

// moment is a column that holds a moment; it scans into a time.Time in UTC.
type moment struct{ t *time.Time }

func (m moment) Scan(v any) error {
	us, ok := v.(int64)
	if !ok {
		return fmt.Errorf("a moment is %T", v)
	}
	*m.t = time.Time{}
	if us != 0 {
		*m.t = time.UnixMicro(us).UTC()
	}
	return nil
}

// span is a column that holds a length of time.
type span struct{ d *time.Duration }

func (s span) Scan(v any) error {
	us, ok := v.(int64)
	if !ok {
		return fmt.Errorf("a span of time is %T", v)
	}
	*s.d = time.Duration(us) * time.Microsecond
	return nil
}

// object is a column of JSON, packed or not; it scans into what v points to.
type object struct{ v any }

func (o object) Scan(v any) error {
	switch v := v.(type) {
	case string:
		return json.Unmarshal([]byte(v), o.v)
	case []byte:
		text, err := inflate(v)
		if err != nil {
			return err
		}
		return json.Unmarshal(text, o.v)
	}
	return fmt.Errorf("JSON is %T", v)
}

// packed is a column of packed bytes; it scans into what b points to, nil for NULL.
type packed struct{ b *[]byte }

func (p packed) Scan(v any) (err error) {
	switch v := v.(type) {
	case nil:
		*p.b = nil
		return nil
	case []byte:
		*p.b, err = inflate(v)
		return err
	}
	return fmt.Errorf("packed bytes are %T", v)
}

// jsonOf gives v as a text column; packedJSON as a packed one.
func jsonOf(v any) (string, error) {
	b, err := json.Marshal(v)
	return string(b), err
}

func packedJSON(v any) ([]byte, error) {
	b, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	return deflate(b), nil
}

var packers = sync.Pool{New: func() any {
	w, err := flate.NewWriter(io.Discard, flate.BestSpeed)
	if err != nil {
		panic(err) // the level is a constant
	}
	return w
}}

// deflate gives b in DEFLATE, never nil.
func deflate(b []byte) []byte {
	var out bytes.Buffer
	w := packers.Get().(*flate.Writer)
	defer packers.Put(w)
	w.Reset(&out)
	w.Write(b) // into memory: cannot fail
	w.Close()
	return out.Bytes()
}

var unpackers = sync.Pool{New: func() any { return flate.NewReader(nil) }}

// inflate undoes deflate. What it reads was written by it, so its size needs no cap.
func inflate(b []byte) ([]byte, error) {
	r := unpackers.Get().(io.ReadCloser)
	defer unpackers.Put(r)
	if err := r.(flate.Resetter).Reset(bytes.NewReader(b), nil); err != nil {
		return nil, err
	}
	out := bytes.NewBuffer(make([]byte, 0, 3*len(b)+bytes.MinRead))
	if _, err := out.ReadFrom(r); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}
