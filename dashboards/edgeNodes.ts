/** Nodes: which are offline, since when, and what they were doing. */
import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { componentPods, countBy, edgeNodeAges, nodeAges, NODE } from '../src/query/dashboards';
import { logLines, buildStreamSelector } from '../src/query/logs/logql';
import { aggregate, isAbove, andOn, negated, buildSelector } from '../src/query/promql';
import { equals } from '../src/query/escape';
import { NODE_OFFLINE_AFTER_SECONDS } from '../src/sedna/staleness';
import { logsPanel, seriesPanel, statPanel, tablePanel, timelinePanel } from './panels';
import { board, finished, labelVariable } from './shared';
import { yesNo } from './states';

const ON_NODE = ['cluster', 'node'];
const OF_NODE = '{{cluster}} {{node}}';
const chosen = (expression: string) => andOn(expression, ON_NODE, buildSelector('kube_node_info', [NODE]));
const AGES = chosen(nodeAges());
const OFFLINE = isAbove(AGES, NODE_OFFLINE_AFTER_SECONDS);
const ONLINE = yesNo('offline', 'online', ['red', 'green']);
const CONNECTED = yesNo('connected', 'disconnected');
const connected = aggregate('max', ON_NODE, buildSelector('sedna:local_controller_connected', [NODE]));
const LEASE = 'Told by the lease that the node renews, as old as it was when it was last scraped.';

export function edgeNodesDashboard(): Dashboard {
  return finished(
    board({
      id: 'nodes',
      title: 'edge nodes',
      description:
        'Which nodes are offline and since when, whether their local controllers are connected, what runs on them.',
      page: 'overview',
      logs: true,
      from: 'now-6h',
    })
      .withVariable(labelVariable('node', buildSelector('kube_node_info'), { name: 'node', label: 'Node' }))
      .withPanel(
        statPanel({
          title: 'Nodes',
          about: ['Nodes that are chosen.'],
          asks: [[aggregate('count', ['cluster'], buildSelector('kube_node_info', [NODE])), '{{cluster}}']],
          width: 6,
          empty: '0',
        })
      )
      .withPanel(
        statPanel({
          title: 'Offline',
          about: ['Nodes that gave no sign of life for a minute.', LEASE],
          asks: [[aggregate('sum', ['cluster'], OFFLINE), '{{cluster}}']],
          badFrom: 1,
          width: 6,
          empty: 'not collected',
        })
      )
      .withPanel(
        statPanel({
          title: 'Edge nodes offline',
          about: ['Of the nodes with the role edge.', LEASE],
          asks: [
            [aggregate('sum', ['cluster'], isAbove(chosen(edgeNodeAges()), NODE_OFFLINE_AFTER_SECONDS)), '{{cluster}}'],
          ],
          badFrom: 1,
          width: 6,
          empty: 'not collected',
        })
      )
      .withPanel(
        statPanel({
          title: 'Disconnected controllers',
          about: ['sedna:local_controller_connected'],
          asks: [[aggregate('sum', ['cluster'], negated(connected)), '{{cluster}}']],
          badFrom: 1,
          width: 6,
          empty: 'not told',
        })
      )
      .withPanel(
        tablePanel({
          title: 'Each node',
          about: [LEASE, 'sedna:local_controller_connected'],
          expressions: [
            AGES,
            OFFLINE,
            connected,
            aggregate('count', ON_NODE, buildSelector('sedna:worker_info', [NODE, equals('status', 'active')])),
            aggregate('group', [...ON_NODE, 'os_image', 'kubelet_version'], buildSelector('kube_node_info', [NODE])),
            aggregate('group', ON_NODE, buildSelector('kube_node_role', [NODE, equals('role', 'edge')])),
          ],
          columns: [
            { of: 'node', title: 'Node' },
            { of: 'Value #F', title: 'Edge', width: 80, colored: yesNo('edge', '', ['text', 'text']) },
            { of: 'Value #B', title: 'Is', width: 100, colored: ONLINE },
            { of: 'Value #A', title: 'Last sign of life', width: 140, unit: 's', decimals: 0 },
            { of: 'Value #C', title: 'Local controller', width: 140, colored: CONNECTED },
            { of: 'Value #D', title: 'Workers that run', width: 140 },
            { of: 'kubelet_version', title: 'Kubelet' },
            { of: 'os_image', title: 'System' },
          ],
          sortBy: 'Last sign of life',
          height: 8,
        })
      )
      .withPanel(
        timelinePanel({
          title: 'Whether nodes are online',
          about: [LEASE],
          asks: [[OFFLINE, OF_NODE]],
          states: ONLINE,
          width: 12,
        })
      )
      .withPanel(
        timelinePanel({
          title: 'Whether local controllers are connected',
          about: ['sedna:local_controller_connected'],
          asks: [[connected, OF_NODE]],
          states: CONNECTED,
          width: 12,
          empty: 'The global manager has not spoken of a node for a week',
        })
      )
      .withPanel(
        seriesPanel({
          title: 'Time since the last sign of life',
          about: [LEASE],
          asks: [[AGES, OF_NODE]],
          unit: 's',
        })
      )
      .withPanel(
        seriesPanel({
          title: 'Workers that run, by node',
          about: ['sedna:worker_info', 'A pod on a node that is offline keeps its last status.'],
          asks: [
            [
              aggregate('count', ON_NODE, buildSelector('sedna:worker_info', [NODE, equals('status', 'active')])),
              OF_NODE,
            ],
          ],
          stacked: 'areas',
          empty: 'No worker ran in this time',
        })
      )
      .withPanel(
        seriesPanel({
          title: 'Lines that nodes ship',
          about: ['Lines in Loki, by node: a node that ships none is offline, or its log collector is.'],
          asks: [[countBy(['node'], buildStreamSelector([NODE])), '{{node}}']],
          source: 'loki',
          stacked: 'bars',
          empty: 'No line has a label node: the log collector gives it another name, or none',
        })
      )
      .withPanel(
        seriesPanel({
          title: 'Ready, as Kubernetes says',
          about: ['The condition Ready of nodes: 1 is True. Kubernetes calls a node unknown after some 40 seconds.'],
          asks: [
            [
              aggregate(
                'max',
                ON_NODE,
                buildSelector('kube_node_status_condition', [
                  NODE,
                  equals('condition', 'Ready'),
                  equals('status', 'true'),
                ])
              ),
              OF_NODE,
            ],
          ],
          max: 1,
        })
      )
      .withPanel(
        logsPanel({
          title: 'What the global manager says of connections',
          about: ['Lines of the global manager on connections of local controllers, newest first.'],
          expression: logLines({
            matchers: componentPods('gm'),
            keywords: [{ text: ' connection for node ', matchCase: true }],
          }),
          height: 8,
          empty: 'The global manager spoke of no connection in this time',
        })
      )
  );
}
