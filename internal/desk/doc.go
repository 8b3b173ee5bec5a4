// Package desk is the running product: it collects what outlets publish, makes articles, stories and notices of it, and delivers
// them. [Desk.Run] is all of that until its context ends; the other methods are what people and programs ask of a running desk.
//
// Between its three loops stand two durable hand-overs, the kept page and the planned notice. Whatever is between them is done
// again after a crash, and comes out the same. The desk knows no database, no protocol and no page: they are given to it as values
// of small interfaces. All goroutines of the product start here, and Run waits for each.
package desk
