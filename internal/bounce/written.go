package bounce

import (
	"net/mail"
	"strings"
)

// automatic are fields that only programs write which answer, forward or distribute.
var automatic = []string{"X-Autoreply", "X-Autorespond", "X-Auto-Response-Suppress", "X-Loop", "List-Id", "X-Failed-Recipients"}

// written tells whether a message is somebody's own, not one that a program made by itself (RFC 3834). In doubt it is not: who does not get
// away by a mail has the page, and who is sent away by an answering machine does not know why nothing comes.
func written(h mail.Header) bool {
	if auto := strings.ToLower(first(h.Get("Auto-Submitted"))); auto != "" && auto != "no" {
		return false
	}
	switch strings.ToLower(first(h.Get("Precedence"))) {
	case "bulk", "junk", "list", "auto_reply":
		return false
	}
	for _, name := range automatic {
		if h.Get(name) != "" {
			return false
		}
	}
	if path := h["Return-Path"]; len(path) > 0 && strings.TrimSpace(path[0]) == "<>" {
		return false
	}
	from, err := mail.ParseAddress(h.Get("From"))
	if err != nil {
		return false
	}
	local, _, _ := strings.Cut(strings.ToLower(from.Address), "@")
	return !daemons[local]
}
