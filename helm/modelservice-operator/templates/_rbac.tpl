{{/*
What the operator may do in a namespace whose services it drives: the same rules in a ClusterRole and in a Role.
No Secrets, no writes to pods. What it makes is removed by Kubernetes' garbage collection, so hardly anything is deleted.
Objects are made by server-side apply, which needs the verbs patch and create; get is for an object that is in the way.
*/}}
{{- define "modelservice-operator.rules" -}}
- apiGroups: [serving.modelservice.io]
  resources: [modelservices]
  verbs: [list, watch]
- apiGroups: [serving.modelservice.io]
  resources: [modelservices/status]
  verbs: [patch]
- apiGroups: [apps]
  resources: [deployments]
  verbs: [get, list, watch, create, patch]
- apiGroups: [apps]
  resources: [deployments/scale]
  verbs: [patch]
- apiGroups: [apps]
  resources: [controllerrevisions]
  verbs: [get, list, watch, create, patch, delete]
- apiGroups: [batch]
  resources: [jobs]
  verbs: [list, watch, create, patch, delete]
- apiGroups: [""]
  resources: [services]
  verbs: [get, list, watch, create, patch]
- apiGroups: [""]
  resources: [configmaps]
  verbs: [get, list, watch, create, update, patch]
- apiGroups: [""]
  resources: [pods]
  verbs: [list, watch]
- apiGroups: [events.k8s.io]
  resources: [events]
  verbs: [create]
{{- end -}}
