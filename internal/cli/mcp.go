package cli

import (
	"context"
	"errors"
	"time"

	"marsad/internal/desk"
	"marsad/internal/mcp"
	"marsad/news"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"
)

// mcpCmd lets a language model's program ask the desk, beside the desk that runs.
type mcpCmd struct {
	Base string `help:"Address of the desk's pages, for links." default:"http://127.0.0.1:8080"`
}

func (mcpCmd) Help() string {
	return `Speaks the Model Context Protocol over standard input and output: search, story, article, watch_test. It reads and changes nothing.
A desk that runs answers the same over HTTP at /api/mcp, to whoever shows a token from the settings.`
}

func (c mcpCmd) Run(rt *runtimeEnv) error {
	file, err := rt.storeFile()
	if err != nil {
		return err
	}
	h, err := rt.open(rt.ctx, plan{file: file, log: rt.logger("error", "")})
	if err != nil {
		return err
	}
	return errors.Join(mcp.Serve(rt.ctx, h.tools(c.Base), rt.stdin, rt.stdout), h.Close())
}

// tools gives the server of the tools that this house answers.
func (h *house) tools(base string) *sdk.Server {
	return mcp.New(mcp.Options{Store: h.store, Base: base, Version: Version,
		TryWatch: func(ctx context.Context, w news.Watch, since time.Time) ([]mcp.Trial, bool, error) {
			ts, partial, err := h.desk.TryWatch(ctx, w, since)
			return convert(ts, func(t desk.Trial) mcp.Trial { return mcp.Trial(t) }), partial, err
		}})
}
