package api

import (
	"path"
	"reflect"
	"strings"
	"time"

	"marsad/internal/list"
	"marsad/wire"
)

// answers says of which shape each answer in JSON is, by route; lines of an export are of the shape named here. The tests hold every
// answer against its schema, and every route against this table.
var answers = map[string]any{
	"GET /status": statusAnswer{}, "GET /stories": storiesAnswer{}, "GET /stories/{id}": storyAnswer{}, "GET /articles/{id}": wire.Entry{}, "GET /articles": wire.Entry{},
	"GET /search": searchAnswer{}, "GET /sources": sourcesAnswer{}, "POST /sources": []wire.Added{}, "GET /watches": watchesAnswer{}, "POST /watches": wire.Watch{},
	"DELETE /watches/{id}": deleted{}, "POST /watches/test": trialAnswer{}, "POST /read": wire.Record{}, "GET /openapi.json": object{}, "GET /metrics": "",
	"GET /sources/{id}": wire.Source{}, "PATCH /sources/{id}": wire.Source{}, "DELETE /sources/{id}": deleted{}, "POST /sources/{id}/fetch": fetched{},
	"GET /watches/{id}/decisions": decisionsAnswer{}, "GET /stories/{id}/decisions": decisionsAnswer{},
	"GET /watches/{id}": wire.Watch{}, "PATCH /watches/{id}": wire.Watch{}, "GET /recipients": recipientsAnswer{},
	"GET /corrections": correctionsAnswer{}, "POST /corrections": wire.Correction{}, "DELETE /corrections/{id}": wire.Correction{},
	"GET /me/articles": streamAnswer{}, "POST /me/marks": marksAnswer{}, "POST /me/caught-up": catchUpAnswer{}, "GET /me/choices": choicesAnswer{}, "POST /me/choices": choicesAnswer{},
	"GET /me/push": browsersAnswer{}, "POST /me/push": browser{}, "PATCH /me/push/{id}": browser{}, "DELETE /me/push/{id}": deleted{},
	"GET /lists": listsAnswer{}, "POST /lists": wire.List{}, "GET /lists/{slug}": wire.List{}, "PATCH /lists/{slug}": wire.List{}, "DELETE /lists/{slug}": deletedList{},
	"POST /lists/{slug}/hold": wire.List{}, "POST /lists/{slug}/release": wire.List{}, "POST /lists/{slug}/import": importAnswer{}, "GET /lists/{slug}/subscribers": wire.Subscriber{},
	"POST /people/export": list.Record{}, "POST /people/erase": erasedPerson{},
}

// requests says the same of what is sent.
var requests = map[string]any{
	"POST /sources": sourcesRequest{}, "PATCH /sources/{id}": sourceRequest{}, "PATCH /watches/{id}": watchRequest{}, "POST /corrections": correctionRequest{},
	"POST /me/marks": marksRequest{}, "POST /me/caught-up": catchUpRequest{}, "POST /me/choices": choiceRequest{}, "POST /me/push": browserRequest{}, "PATCH /me/push/{id}": browserWatches{},
	"POST /watches": watchRequest{}, "POST /watches/test": trialRequest{}, "POST /read": readRequest{}, "POST /lists": listRequest{}, "PATCH /lists/{slug}": listRequest{},
	"POST /lists/{slug}/hold": holdRequest{}, "POST /lists/{slug}/release": releaseRequest{}, "POST /lists/{slug}/import": importRequest{}, "POST /people/export": personRequest{}, "POST /people/erase": personRequest{},
}

// schemas collects the schemas of named shapes under the names that references use.
type schemas map[string]any

// of gives the JSON Schema (2020-12) of a Go type as encoding/json writes it; asked is for what is read, where nothing is required.
func (s schemas) of(t reflect.Type, asked bool) object {
	switch t.Kind() {
	case reflect.Pointer:
		return object{"anyOf": []object{s.of(t.Elem(), asked), {"type": "null"}}}
	case reflect.Bool:
		return object{"type": "boolean"}
	case reflect.String:
		return object{"type": "string"}
	case reflect.Float32, reflect.Float64:
		return object{"type": "number"}
	case reflect.Slice, reflect.Array:
		if t.Elem().Kind() == reflect.Uint8 {
			return object{"type": "string", "contentEncoding": "base64"}
		}
		return object{"type": "array", "items": s.of(t.Elem(), asked)}
	case reflect.Map:
		if t == reflect.TypeFor[object]() {
			return object{"type": "object"}
		}
		return object{"type": "object", "additionalProperties": s.of(t.Elem(), asked)}
	case reflect.Struct:
		return s.structure(t, asked)
	case reflect.Interface:
		return object{}
	}
	return object{"type": "integer"}
}

// structure puts a struct under its name and refers to it.
func (s schemas) structure(t reflect.Type, asked bool) object {
	if t == reflect.TypeFor[time.Time]() {
		return object{"type": "string", "format": "date-time"}
	}
	name := t.Name()
	if of := path.Base(t.PkgPath()); of != "wire" && of != "api" {
		name = of + "." + name
	}
	if s[name] == nil {
		s[name] = object{} // so that a shape may hold itself
		properties, required := object{}, []string{}
		s.fields(t, asked, properties, &required)
		o := object{"type": "object", "properties": properties, "additionalProperties": false}
		if len(required) > 0 {
			o["required"] = required
		}
		s[name] = o
	}
	return object{"$ref": "#/components/schemas/" + name}
}

// fields adds the fields of a struct, those of embedded ones among them.
func (s schemas) fields(t reflect.Type, asked bool, properties object, required *[]string) {
	for i := range t.NumField() {
		f := t.Field(i)
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		if f.Anonymous && name == "" {
			s.fields(f.Type, asked, properties, required)
			continue
		}
		if !f.IsExported() || name == "-" {
			continue
		}
		if name == "" {
			name = f.Name
		}
		properties[name] = s.of(f.Type, asked)
		if !asked && !strings.Contains(options, "omit") {
			*required = append(*required, name)
		}
	}
}
