import json,sys,collections
p=json.load(open(sys.argv[1]));root=sys.argv[2]
nodes={n['id']:n for n in p['nodes']};par={}
for n in p['nodes']:
  for c in n.get('children',[]):par[c]=n['id']
s=collections.Counter()
for i,t in zip(p['samples'],p['timeDeltas']):s[i]+=t
def fn(i):
  c=nodes[i]['callFrame'];return f"{c['functionName']}:{c['lineNumber']+1}"
inc=collections.Counter();self_=collections.Counter();tot=0;al=0
for i,t in s.items():
  al+=t
  ch=[];x=i
  while x is not None: ch.append(x);x=par.get(x)
  ix=[k for k,y in enumerate(ch) if nodes[y]['callFrame']['functionName']==root]
  if not ix: continue
  tot+=t;self_[fn(i)]+=t
  for f in {fn(y) for y in ch[:ix[-1]+1]}: inc[f]+=t
print('all',al/1e6,'in',tot/1e6)
N=int(sys.argv[3]) if len(sys.argv)>3 else 70
print('SELF')
for k,t in self_.most_common(N):print(f"{100*t/tot:6.2f} {k}")
print('INC')
for k,t in inc.most_common(N*2):print(f"{100*t/tot:6.2f} {k}")
