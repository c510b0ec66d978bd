/** Edge nodes: which are offline since when, and what runs on them. */
import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { componentPods, countBy, edgeNodeAges, nodeAges, NODE } from '../../src/query/dashboards';
import { logLines, buildStreamSelector } from '../../src/query/logs/logql';
import { aggregate, isAbove, andOn, negated, buildSelector } from '../../src/query/promql';
import { equals } from '../../src/query/escape';
import { NODE_OFFLINE_AFTER_SECONDS } from '../../src/sedna/staleness';
import { logsPanel, seriesPanel, statPanel, tablePanel, timelinePanel } from '../panels';
import { createDashboard, buildDashboard, labelVariable } from '../base';
import { booleanMappings } from '../states';

const ON_NODE = ['cluster', 'node'];
const NODE_LEGEND = '{{cluster}} {{node}}';
const ofSelectedNodes = (expression: string) => andOn(expression, ON_NODE, buildSelector('kube_node_info', [NODE]));
const AGES = ofSelectedNodes(nodeAges());
const OFFLINE = isAbove(AGES, NODE_OFFLINE_AFTER_SECONDS);
const ONLINE_MAPPINGS = booleanMappings('Offline', 'Online', ['red', 'green']);
const CONNECTED_MAPPINGS = booleanMappings('Connected', 'Disconnected');
const connected = aggregate('max', ON_NODE, buildSelector('sedna:local_controller_connected', [NODE]));
const LEASE_DESCRIPTION = 'Based on the lease that the node renews, as of the last scrape.';

export function edgeNodesDashboard(): Dashboard {
  return buildDashboard(
    createDashboard({
      id: 'nodes',
      title: 'edge nodes',
      description:
        'Which nodes are offline since when, whether their local controllers are connected, and what runs on them.',
      page: 'overview',
      logs: true,
      from: 'now-6h',
    })
      .withVariable(labelVariable('node', buildSelector('kube_node_info'), { name: 'node', label: 'Node' }))
      .withPanel(
        statPanel({
          title: 'Nodes',
          descriptions: ['Selected nodes.'],
          queries: [[aggregate('count', ['cluster'], buildSelector('kube_node_info', [NODE])), '{{cluster}}']],
          width: 6,
          noValue: '0',
        })
      )
      .withPanel(
        statPanel({
          title: 'Offline',
          descriptions: ['Nodes without a heartbeat in the last minute.', LEASE_DESCRIPTION],
          queries: [[aggregate('sum', ['cluster'], OFFLINE), '{{cluster}}']],
          redFrom: 1,
          width: 6,
          noValue: 'Not collected',
        })
      )
      .withPanel(
        statPanel({
          title: 'Edge nodes offline',
          descriptions: ['Nodes with the role edge.', LEASE_DESCRIPTION],
          queries: [
            [
              aggregate('sum', ['cluster'], isAbove(ofSelectedNodes(edgeNodeAges()), NODE_OFFLINE_AFTER_SECONDS)),
              '{{cluster}}',
            ],
          ],
          redFrom: 1,
          width: 6,
          noValue: 'Not collected',
        })
      )
      .withPanel(
        statPanel({
          title: 'Disconnected local controllers',
          descriptions: ['sedna:local_controller_connected'],
          queries: [[aggregate('sum', ['cluster'], negated(connected)), '{{cluster}}']],
          redFrom: 1,
          width: 6,
          noValue: 'Unknown',
        })
      )
      .withPanel(
        tablePanel({
          title: 'Node status',
          descriptions: [LEASE_DESCRIPTION, 'sedna:local_controller_connected'],
          expressions: [
            AGES,
            OFFLINE,
            connected,
            aggregate('count', ON_NODE, buildSelector('sedna:worker_info', [NODE, equals('status', 'active')])),
            aggregate('group', [...ON_NODE, 'os_image', 'kubelet_version'], buildSelector('kube_node_info', [NODE])),
            aggregate('group', ON_NODE, buildSelector('kube_node_role', [NODE, equals('role', 'edge')])),
          ],
          columns: [
            { field: 'node', title: 'Node' },
            { field: 'Value #F', title: 'Edge', width: 80, mappings: booleanMappings('Edge', '', ['text', 'text']) },
            { field: 'Value #B', title: 'Status', width: 100, mappings: ONLINE_MAPPINGS },
            { field: 'Value #A', title: 'Last heartbeat', width: 140, unit: 's', decimals: 0 },
            { field: 'Value #C', title: 'Local controller', width: 140, mappings: CONNECTED_MAPPINGS },
            { field: 'Value #D', title: 'Running workers', width: 140 },
            { field: 'kubelet_version', title: 'Kubelet' },
            { field: 'os_image', title: 'Operating system' },
          ],
          sortBy: 'Last heartbeat',
          height: 8,
        })
      )
      .withPanel(
        timelinePanel({
          title: 'Node availability',
          descriptions: [LEASE_DESCRIPTION],
          queries: [[OFFLINE, NODE_LEGEND]],
          mappings: ONLINE_MAPPINGS,
          width: 12,
        })
      )
      .withPanel(
        timelinePanel({
          title: 'Local controller connections',
          descriptions: ['sedna:local_controller_connected'],
          queries: [[connected, NODE_LEGEND]],
          mappings: CONNECTED_MAPPINGS,
          width: 12,
          noValue: 'No connections logged by the global manager in the last week',
        })
      )
      .withPanel(
        seriesPanel({
          title: 'Time since last heartbeat',
          descriptions: [LEASE_DESCRIPTION],
          queries: [[AGES, NODE_LEGEND]],
          unit: 's',
        })
      )
      .withPanel(
        seriesPanel({
          title: 'Running workers by node',
          descriptions: ['sedna:worker_info', 'Pods on an offline node keep their last status.'],
          queries: [
            [
              aggregate('count', ON_NODE, buildSelector('sedna:worker_info', [NODE, equals('status', 'active')])),
              NODE_LEGEND,
            ],
          ],
          stacked: 'areas',
          noValue: 'No running workers in this time range',
        })
      )
      .withPanel(
        seriesPanel({
          title: 'Log lines by node',
          descriptions: ['A node without lines is offline, or its log collector is down.'],
          queries: [[countBy(['node'], buildStreamSelector([NODE])), '{{node}}']],
          source: 'loki',
          stacked: 'bars',
          noValue: 'No log lines with the label node. The log collector may use another label.',
        })
      )
      .withPanel(
        seriesPanel({
          title: 'Kubernetes Ready condition',
          descriptions: [
            '1 means True. Kubernetes sets the condition to Unknown after about 40 s without a heartbeat.',
          ],
          queries: [
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
              NODE_LEGEND,
            ],
          ],
          max: 1,
        })
      )
      .withPanel(
        logsPanel({
          title: 'Global manager connection logs',
          descriptions: ['Lines of the global manager about connections of local controllers, newest first.'],
          expression: logLines({
            matchers: componentPods('gm'),
            keywords: [{ text: ' connection for node ', matchCase: true }],
          }),
          height: 8,
          noValue: 'No connection logs in this time range',
        })
      )
  );
}
