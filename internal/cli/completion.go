package cli

import (
	"fmt"
	"strings"

	"github.com/alecthomas/kong"
)

// completionCmd prints a script for the shell.
type completionCmd struct {
	Shell string `arg:"" help:"bash, zsh or fish." enum:"bash,zsh,fish"`
}

func (completionCmd) Help() string {
	return `Examples:
  source <(marsad completion bash)
  marsad completion fish >~/.config/fish/completions/marsad.fish`
}

func (c completionCmd) Run(rt *runtimeEnv, k *kong.Kong) error {
	var top []string
	var lines strings.Builder
	for _, n := range k.Model.Children {
		if n.Hidden {
			continue
		}
		top = append(top, n.Name)
		var more []string
		for _, sub := range n.Children {
			more = append(more, sub.Name)
		}
		for _, f := range n.Flags {
			if !f.Hidden {
				more = append(more, "--"+f.Name)
			}
		}
		switch c.Shell {
		case "fish":
			fmt.Fprintf(&lines, "complete -c marsad -n '__fish_seen_subcommand_from %s' -a '%s'\n", n.Name, strings.Join(more, " "))
		default:
			fmt.Fprintf(&lines, "    %s) words=\"%s\" ;;\n", n.Name, strings.Join(more, " "))
		}
	}
	if c.Shell == "fish" {
		_, err := fmt.Fprintf(rt.stdout, "complete -c marsad -n __fish_use_subcommand -a '%s'\n%s", strings.Join(top, " "), lines.String())
		return err
	}
	head := ""
	if c.Shell == "zsh" {
		head = "autoload -U +X bashcompinit && bashcompinit\n"
	}
	_, err := fmt.Fprintf(rt.stdout, `%s_marsad() {
  local words="%s"
  if [ "$COMP_CWORD" -gt 1 ]; then
    case "${COMP_WORDS[1]}" in
%s    esac
  fi
  COMPREPLY=($(compgen -W "$words" -- "${COMP_WORDS[COMP_CWORD]}") $(compgen -f -- "${COMP_WORDS[COMP_CWORD]}"))
}
complete -F _marsad marsad
`, head, strings.Join(top, " "), lines.String())
	return err
}
