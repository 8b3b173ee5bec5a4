// Package query is the query language that search and watches share: it parses, prints and explains.
package query

// Query is a parsed query. Make one with Parse.
type Query struct{}
