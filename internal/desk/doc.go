// Package desk is the running product.
package desk
