//go:build tools

// Package tools names the command that is built from this module: the Pulumi CLI. See ../README.md.
package tools

import _ "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"
