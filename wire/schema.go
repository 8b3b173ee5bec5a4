package wire

import _ "embed"

// Schema is the JSON Schema (draft 2020-12) of a record.
//
//go:embed record.schema.json
var Schema []byte
