// A container's life as go-proxmox drives it; prints a JSON line per step. Run by clients.integration.test.ts.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"time"

	"github.com/luthermonson/go-proxmox"
)

const template = "local:vztmpl/debian-12-standard_12.12-1_amd64.tar.zst"

func step(name string, value any) {
	line, err := json.Marshal(map[string]any{"step": name, "value": value})
	must(err)
	fmt.Println(string(line))
}

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func got[T any](value T, err error) T {
	must(err)
	return value
}

func ended(ctx context.Context, name string, task *proxmox.Task) {
	must(task.Wait(ctx, 50*time.Millisecond, time.Minute))
	step(name, task.ExitStatus)
}

func life(ctx context.Context, client *proxmox.Client, vmid, copyID int) {
	node := got(client.Node(ctx, "pve"))
	option := func(name string, value any) proxmox.ContainerOption { return proxmox.ContainerOption{Name: name, Value: value} }
	ended(ctx, "create", got(node.NewContainer(ctx, vmid,
		option("hostname", "by-go"), option("ostemplate", template), option("rootfs", "local-lvm:2"), option("mp0", "local-lvm:1,mp=/data"),
		option("unprivileged", true), option("features", "nesting=1"), option("memory", 256), option("net0", "name=eth0,bridge=vmbr0,ip=dhcp"))))
	guest := got(node.Container(ctx, vmid))
	step("config", []any{guest.ContainerConfig.Hostname, guest.ContainerConfig.RootFS, guest.ContainerConfig.Mps["mp0"]})
	got(guest.Config(ctx, option("memory", 512), option("rootfs", guest.ContainerConfig.RootFS)))
	got(guest.AddTag(ctx, "mine"))
	ended(ctx, "start", got(guest.Start(ctx)))
	must(guest.Ping(ctx))
	step("running", []any{guest.Status, guest.MaxMem})
	ended(ctx, "resize", got(guest.Resize(ctx, "rootfs", "+1G")))
	ended(ctx, "snapshot", got(guest.NewSnapshot(ctx, "first")))
	must(guest.Snapshot("first").UpdateConfig(ctx, &proxmox.ContainerSnapshotUpdateOptions{Description: "one"}))
	names := []string{}
	for _, snapshot := range got(guest.Snapshots(ctx)) {
		names = append(names, snapshot.Name)
	}
	step("snapshots", names)
	_, task, err := guest.Clone(ctx, &proxmox.ContainerCloneOptions{NewID: copyID, SnapName: "first", Hostname: "copy", Full: true})
	must(err)
	ended(ctx, "clone", task)
	ended(ctx, "rollback", got(guest.Snapshot("first").Rollback(ctx, true)))
	ended(ctx, "delete snapshot", got(guest.Snapshot("first").Delete(ctx)))
	clone := got(node.Container(ctx, copyID))
	step("copied", []any{clone.ContainerConfig.Hostname, clone.ContainerConfig.RootFS})
	must(client.NewPool(ctx, "go", "mine"))
	pool := got(client.Pool(ctx, "go"))
	must(pool.Update(ctx, &proxmox.PoolUpdateOption{VirtualMachines: fmt.Sprintf("%d,%d", vmid, copyID)}))
	step("pool", len(got(client.Pool(ctx, "go")).Members))
	for _, one := range []*proxmox.Container{guest, clone} {
		ended(ctx, "destroy", got(one.Delete(ctx, &proxmox.ContainerDeleteOptions{Force: true, Purge: true})))
	}
	must(got(client.Pool(ctx, "go")).Delete(ctx))
	step("left", len(got(node.Containers(ctx))))
}

func main() {
	ctx := context.Background()
	url := fmt.Sprintf("https://%s:%s/api2/json", os.Getenv("LAB_HOST"), os.Getenv("LAB_PORT"))
	byToken := proxmox.NewClient(url, proxmox.WithInsecureSkipVerify(), proxmox.WithAPIToken(os.Getenv("LAB_TOKEN_ID"), os.Getenv("LAB_TOKEN_SECRET")))
	step("version", got(byToken.Version(ctx)).Version)
	life(ctx, byToken, 401, 402)

	credentials := &proxmox.Credentials{Username: "root@pam", Password: os.Getenv("LAB_PASSWORD")}
	byPassword := proxmox.NewClient(url, proxmox.WithInsecureSkipVerify(), proxmox.WithCredentials(credentials))
	step("realms", len(got(byPassword.Domains(ctx))))
	life(ctx, byPassword, 403, 404)

	cluster := got(byToken.Cluster(ctx))
	step("next id", got(cluster.NextID(ctx)))
	step("small reads", []any{len(got(byToken.Roles(ctx))) > 0, len(got(byToken.ClusterStorages(ctx))), len(got(cluster.HAResources(ctx, "")))})
}
