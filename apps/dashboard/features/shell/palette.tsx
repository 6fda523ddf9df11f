"use client";
// Ctrl-K: every page, container, template and node by its name.
import { CommandPalette } from "@homeport/ui/command-palette";
import { Box, Building2, FolderKanban, LayoutTemplate, Plus, Server, Settings } from "lucide-react";
import { projectHref } from "@/lib/project/address";
import { useGo, useProjectIfAny, useProjects } from "@/lib/project/project-provider";
import { trpc } from "@/lib/trpc";
import { places } from "./pages";

export function Palette({ onClose }: { onClose: () => void }) {
  const goTo = useGo();
  const project = useProjectIfAny();
  const projects = useProjects();
  const containers = trpc.containers.list.useQuery({ projectId: project?.id ?? "" }, { enabled: project !== null });
  const templates = trpc.templates.list.useQuery();
  const nodes = trpc.nodes.list.useQuery();
  const go = (href: string) => (): void => {
    onClose();
    goTo(href);
  };
  const groups = [
    {
      heading: "Pages",
      items: [
        {
          id: "page /new",
          label: "New container",
          icon: <Plus aria-hidden />,
          keywords: ["create"],
          onSelect: go("/new"),
        },
        ...places.map(({ href, title, icon: Icon }) => ({
          id: `page ${href}`,
          label: title,
          icon: <Icon aria-hidden />,
          onSelect: go(href),
        })),
        { id: "page /nodes/new", label: "Add a node", icon: <Server aria-hidden />, onSelect: go("/nodes/new") },
        {
          id: "page /projects/new",
          label: "New project",
          icon: <FolderKanban aria-hidden />,
          keywords: ["create"],
          onSelect: go("/projects/new"),
        },
        {
          id: "page /organizations",
          label: "Organizations",
          icon: <Building2 aria-hidden />,
          keywords: ["members", "people", "roles", "team"],
          onSelect: go("/organizations"),
        },
        ...(project === null
          ? []
          : [
              {
                id: "page /project",
                label: "Project settings",
                icon: <Settings aria-hidden />,
                keywords: ["rename", "address"],
                onSelect: go("/project"),
              },
            ]),
        {
          id: "page /settings/account",
          label: "Account and sessions",
          icon: <Settings aria-hidden />,
          keywords: ["password", "settings"],
          onSelect: go("/settings/account"),
        },
      ],
    },
    {
      heading: "Containers",
      items: (containers.data ?? []).map(({ id, hostname, vmid, address, node }) => ({
        id: `container ${id}`,
        label: hostname,
        hint: [vmid, node.name].filter(Boolean).join(" · "),
        icon: <Box aria-hidden />,
        keywords: [String(vmid ?? ""), address ?? ""],
        onSelect: go(`/containers/${id}`),
      })),
    },
    {
      heading: "Projects",
      items: projects
        .filter(({ id }) => id !== project?.id)
        .map(({ id, name, slug, organization }) => ({
          id: `project ${id}`,
          label: name,
          hint: organization.name,
          icon: <FolderKanban aria-hidden />,
          keywords: [slug, "switch"],
          onSelect: go(projectHref(slug, "/")),
        })),
    },
    {
      heading: "Templates",
      items: (templates.data ?? []).map(({ name, title, category, tags }) => ({
        id: `template ${name}`,
        label: title,
        hint: category,
        icon: <LayoutTemplate aria-hidden />,
        keywords: [name, ...tags],
        onSelect: go(`/templates/${name}`),
      })),
    },
    {
      heading: "Nodes",
      items: (nodes.data ?? []).map(({ id, name, host }) => ({
        id: `node ${id}`,
        label: name,
        hint: host,
        icon: <Server aria-hidden />,
        onSelect: go(`/nodes/${id}`),
      })),
    },
  ];
  return (
    <CommandPalette
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      label="Command palette"
      placeholder="Go to a page, container, template or node"
      groups={groups}
    />
  );
}
