package api

import (
	"encoding/json"
	"fmt"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"

	"marsad/internal/auth"
)

// description is the OpenAPI description as a program reads it.
func (d *desk) description() object {
	if d.described == nil {
		w := httptest.NewRecorder()
		d.http.ServeHTTP(w, httptest.NewRequest("GET", "/api/v1/openapi.json", nil))
		if err := json.Unmarshal(w.Body.Bytes(), &d.described); err != nil {
			d.t.Fatal(err)
		}
	}
	return d.described
}

// asDescribed holds an answer against the schema of its operation.
func (d *desk) asDescribed(method, path string, w *httptest.ResponseRecorder) {
	d.t.Helper()
	kind, _, _ := strings.Cut(w.Header().Get("Content-Type"), ";")
	if kind != "application/json" && kind != "application/problem+json" && kind != lines || w.Body.Len() == 0 {
		return
	}
	schema := d.schema(method, path, kind)
	if schema == nil {
		return // no operation: the tests of refusals ask for what is not there
	}
	for line := range strings.Lines(w.Body.String()) {
		var value any
		if err := json.Unmarshal([]byte(line), &value); err != nil {
			d.t.Errorf("%s %s: %v: %s", method, path, err, line)
			return
		}
		if wrong := d.differs(schema, value, "answer"); wrong != "" {
			d.t.Errorf("%s %s is not as described: %s", method, path, wrong)
			return
		}
	}
}

// schema finds the schema of an operation's answer.
func (d *desk) schema(method, path, kind string) object {
	path, _, _ = strings.Cut(path, "?")
	for template, ops := range d.description()["paths"].(object) {
		pattern := regexp.MustCompile(`\\\{[a-z]+\\\}`).ReplaceAllString(regexp.QuoteMeta(template), "[^/]+")
		op, there := ops.(object)[strings.ToLower(method)].(object)
		if !there || !regexp.MustCompile("^"+pattern+"$").MatchString(path) {
			continue
		}
		content := op["responses"].(object)["200"].(object)["content"].(object)
		if kind == "application/problem+json" {
			content = d.description()["components"].(object)["responses"].(object)["problem"].(object)["content"].(object)
		}
		if c, ok := content[kind].(object); ok {
			return c["schema"].(object)
		}
	}
	return nil
}

// differs tells what of a value is not as its schema says, "" where all is.
func (d *desk) differs(schema object, value any, at string) string {
	if ref, ok := schema["$ref"].(string); ok {
		named := d.description()["components"].(object)["schemas"].(object)[strings.TrimPrefix(ref, "#/components/schemas/")]
		if named == nil {
			return ref + " is nowhere"
		}
		return d.differs(named.(object), value, at)
	}
	if any, ok := schema["anyOf"].([]any); ok {
		if slices.ContainsFunc(any, func(s interface{}) bool { return d.differs(s.(object), value, at) == "" }) {
			return ""
		}
		return fmt.Sprintf("%s is %v, none of %v", at, value, any)
	}
	switch want := schema["type"]; v := value.(type) {
	case object:
		return d.fieldsDiffer(schema, v, at)
	case []any:
		for i, x := range v {
			if wrong := d.differs(schema["items"].(object), x, fmt.Sprintf("%s[%d]", at, i)); wrong != "" {
				return wrong
			}
		}
		return unless(want == "array", at, value, want)
	case string:
		return unless(want == "string", at, value, want)
	case bool:
		return unless(want == "boolean", at, value, want)
	case float64:
		return unless(want == "number" || want == "integer" && v == float64(int64(v)), at, value, want)
	default:
		return unless(want == "null", at, value, want)
	}
}

func unless(ok bool, at string, value, want any) string {
	if ok {
		return ""
	}
	return fmt.Sprintf("%s is %v, want %v", at, value, want)
}

func (d *desk) fieldsDiffer(schema, v object, at string) string {
	if schema["type"] != "object" {
		return fmt.Sprintf("%s is an object, want %v", at, schema["type"])
	}
	properties, _ := schema["properties"].(object)
	rest, _ := schema["additionalProperties"].(object)
	required, _ := schema["required"].([]any)
	for _, name := range required {
		if _, ok := v[name.(string)]; !ok {
			return fmt.Sprintf("%s lacks %v", at, name)
		}
	}
	for name, x := range v {
		of, ok := properties[name].(object)
		if !ok && schema["additionalProperties"] == false {
			return fmt.Sprintf("%s.%s is not described", at, name)
		}
		if !ok {
			of = rest
		}
		if of == nil {
			continue // anything may stand there
		}
		if wrong := d.differs(of, x, at+"."+name); wrong != "" {
			return wrong
		}
	}
	return ""
}

// Every route has a shape of what it answers and takes, and no shape is of a route that is not there.
func TestShapesMatchRoutes(t *testing.T) {
	d := newDesk(t)
	routes := map[string]route{}
	for _, r := range (&server{Options: Options{Lists: d.lists}}).all() {
		key := r.method + " " + r.path
		routes[key] = r
		if answers[key] == nil {
			t.Errorf("%s answers in no described shape", key)
		}
		if (requests[key] != nil) != (r.body != "") {
			t.Errorf("%s: body %q, shape %v", key, r.body, requests[key])
		}
	}
	for key := range answers {
		if _, ok := routes[key]; !ok {
			t.Errorf("%s is described and not there", key)
		}
	}
	for key := range requests {
		if _, ok := routes[key]; !ok {
			t.Errorf("%s is described and not there", key)
		}
	}
}

// A value that is not as described is found out.
func TestDescriptionIsHeld(t *testing.T) {
	d := newDesk(t)
	good := d.object(d.call(auth.Reader, "GET", "/api/v1/stories/1", ""))
	schema := d.schema("GET", "/api/v1/stories/1", "application/json")
	if wrong := d.differs(schema, good, "answer"); wrong != "" {
		t.Error(wrong)
	}
	for name, spoil := range map[string]func(object){
		"a field less":      func(o object) { delete(o["story"].(object), "headline") },
		"a field more":      func(o object) { o["story"].(object)["more"] = 1.0 },
		"another type":      func(o object) { o["articles"].([]any)[0].(object)["arrived"] = 7.0 },
		"a fraction":        func(o object) { o["version"] = 1.5 },
		"null where a list": func(o object) { o["articles"] = nil },
	} {
		bad := d.object(d.call(auth.Reader, "GET", "/api/v1/stories/1", ""))
		spoil(bad)
		if d.differs(schema, bad, "answer") == "" {
			t.Errorf("%s passes", name)
		}
	}
}
