// The icon a template names, of those that templates may use; a box for any other.
import {
  Box,
  Boxes,
  Cloud,
  Code,
  Container,
  Database,
  FileCode,
  GitBranch,
  Globe,
  HardDrive,
  Hexagon,
  KeyRound,
  Network,
  Server,
  Shield,
  Terminal,
  Zap,
  type LucideIcon,
} from "lucide-react";

const icons: Record<string, LucideIcon> = {
  box: Box,
  boxes: Boxes,
  cloud: Cloud,
  code: Code,
  container: Container,
  database: Database,
  "file-code": FileCode,
  "git-branch": GitBranch,
  globe: Globe,
  "hard-drive": HardDrive,
  hexagon: Hexagon,
  key: KeyRound,
  "key-round": KeyRound,
  network: Network,
  server: Server,
  shield: Shield,
  terminal: Terminal,
  zap: Zap,
};

export function TemplateIcon({ name, className }: { name: string; className?: string }) {
  const Icon = icons[name] ?? Box;
  return <Icon aria-hidden className={className} />;
}
